resource "aws_iam_role" "staging_web" {
  name = "staging-web"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "staging_web" {
  name = "access"
  role = aws_iam_role.staging_web.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-staging-web/*" }]
  })
}

resource "aws_iam_role" "staging_api" {
  name = "staging-api"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "staging_api" {
  name = "access"
  role = aws_iam_role.staging_api.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-staging-api/*" }]
  })
}

resource "aws_iam_role" "staging_jobs" {
  name = "staging-jobs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "staging_jobs" {
  name = "access"
  role = aws_iam_role.staging_jobs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-staging-jobs/*" }]
  })
}

resource "aws_s3_bucket" "staging" {
  for_each = toset(["web", "api", "jobs"])
  bucket   = "acme-staging-${each.key}"
}
