export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Decoded as UTF-8 and without its byte order mark, nothing else done to it. */
  readonly body: string;
  /** The Content-Type header; undefined when there was none. */
  readonly contentType: string | undefined;
  /** The body was larger than `bodyLimit` and is left out: `body` is empty. */
  readonly isTooLarge?: true;
}

/** As the server writes it into its messages: `200 - OK`. */
export function statusLine({ status, statusText }: HttpResponse): string {
  return `${status} - ${statusText}`;
}
