/** What the service answers when it refuses, as google.rpc.Status has it. */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  UNIMPLEMENTED: 501,
} as const;

export type StatusCode = keyof typeof HTTP_STATUS;

export class ServiceError extends Error {
  constructor(
    readonly code: StatusCode,
    message: string,
  ) {
    super(message);
  }

  get httpStatus(): number {
    return HTTP_STATUS[this.code];
  }
}

export const invalid = (message: string) => new ServiceError('INVALID_ARGUMENT', message);
export const notNow = (message: string) => new ServiceError('FAILED_PRECONDITION', message);
export const notFound = (message: string) => new ServiceError('NOT_FOUND', message);
