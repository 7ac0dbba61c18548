/** A database URL of Prisma for the driver: of Prisma's own parameters, such as `connection_limit`, it would know nothing. */
export function driverUrl(url: string): string {
  const bare = new URL(url);
  const options = bare.searchParams.get('options');
  bare.search = '';
  if (options !== null) bare.searchParams.set('options', options);
  return bare.href;
}
