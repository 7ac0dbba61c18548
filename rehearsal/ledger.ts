/** Every secret value that a rehearsal has generated or been given, with the place it came from, so that files can be searched for it afterwards. */
export class SecretLedger {
  private readonly places = new Map<string, string>();

  /** Notes a value. The first place it was seen at is kept. */
  record(value: string, where: string): void {
    if (value !== '' && !this.places.has(value)) this.places.set(value, where);
  }

  values(): string[] {
    return [...this.places.keys()];
  }

  /** Where a value came from: `ephemeral random_password`, `google_sql_user.password_wo`. */
  whereOf(value: string): string | undefined {
    return this.places.get(value);
  }
}
