import { booleanField, textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const matrix = defineProvider({
  type: "matrix",
  summary: "Writes to a Matrix room.",
  fields: {
    homeserverUrl: textField(
      {
        title: "Home server",
        description: "The address of the home server, with its port if it has one.",
        examples: ["https://matrix.example.com"],
      },
      httpUrl,
    ),
    internalRoomId: textField({
      title: "Room id",
      description: "The internal id of the room, as its settings show it.",
      examples: ["!qporfwt:matrix.example.com"],
    }),
    accessToken: textField({
      title: "Access token",
      description: "The token of the user who writes.",
      examples: ["${env:MATRIX_TOKEN}"],
      isSensitive: true,
    }),
    matrixUseTemplate: booleanField({
      title: "Use template",
      description: "Send `matrixTemplate` in place of the usual message.",
      default: false,
      since: [2, 1, 1],
    }),
    matrixTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `matrixUseTemplate`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 1, 1],
    }),
  },
  required: ["homeserverUrl", "internalRoomId", "accessToken"],
  example: {
    name: "Matrix",
    type: "matrix",
    homeserverUrl: "https://matrix.example.com",
    internalRoomId: "!qporfwt:matrix.example.com",
    accessToken: "${env:MATRIX_TOKEN}",
  },
});
