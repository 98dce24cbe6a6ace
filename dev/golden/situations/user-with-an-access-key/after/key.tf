resource "aws_iam_access_key" "backup" {
  user = aws_iam_user.backup.name
}

output "secret" {
  value     = aws_iam_access_key.backup.secret
  sensitive = true
}
