resource "aws_iam_user" "backup" {
  name = "backup"
}

resource "aws_iam_user_policy" "backup" {
  name = "bucket"
  user = aws_iam_user.backup.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-backup/*" }]
  })
}
