import type { Guard } from "./guard.ts";

/** Completions cost money or a GPU; a plan that changes nothing asks for nothing new. */
export const checkCompletions: Guard = ({ desired: { policy }, steps, cost: { after, monitors } }) => {
  const limit = policy.completionsPerDay;
  if (limit === undefined || after.completions <= limit || steps.length === 0) return [];
  return [
    {
      code: "KS4013",
      message: `the monitors would ask for ${after.completions} completions a day, and the limit is ${limit}`,
      keys: monitors.filter((monitor) => monitor.after !== undefined).map(({ key }) => key),
      waysOn: [
        "give them a longer `interval`",
        `\`limits: { completionsPerDay: ${after.completions} }\` raises the limit`,
      ],
    },
  ];
};
