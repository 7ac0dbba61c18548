/**
 * Text that Terraform shall take as it stands. Without this, `${` and `%{` in somebody's description begin an expression.
 * For text from files only: a token would be escaped too.
 */
export const literal = (text: string): string => text.replace(/([$%])\{/g, '$1$1{');
