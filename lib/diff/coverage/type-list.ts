/** Resource types of the AWS provider, written without `aws_` and with blanks between them. */
export function awsTypes(names: string): readonly string[] {
  return names
    .split(/\s+/)
    .filter((name) => name !== "")
    .map((name) => `aws_${name}`);
}
