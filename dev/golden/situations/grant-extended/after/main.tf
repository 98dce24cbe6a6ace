resource "aws_iam_role" "contractor" {
  name = "contractor"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "access" {
  name = "access"
  role = aws_iam_role.contractor.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-reports/*", Condition = { DateLessThan = { "aws:CurrentTime" = "2027-03-01T00:00:00Z" } } }]
  })
}
