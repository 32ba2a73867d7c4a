export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Decoded as UTF-8, without the byte order mark, otherwise unchanged. */
  readonly body: string;
  /** The Content-Type header; undefined if there is none. */
  readonly contentType: string | undefined;
  /** The body was larger than `bodyLimit`; `body` is then empty. */
  readonly isTooLarge?: true;
}

/** As the server's messages have it: `200 - OK`. */
export function statusLine({ status, statusText }: HttpResponse): string {
  return `${status} - ${statusText}`;
}
