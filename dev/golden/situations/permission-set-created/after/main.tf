resource "aws_ssoadmin_permission_set" "developers" {
  name             = "Developers"
  instance_arn     = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
  session_duration = "PT4H"
}

resource "aws_ssoadmin_managed_policy_attachment" "developers" {
  instance_arn       = aws_ssoadmin_permission_set.developers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.developers.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_ssoadmin_account_assignment" "developers" {
  instance_arn       = aws_ssoadmin_permission_set.developers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.developers.arn
  principal_id       = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
  principal_type     = "GROUP"
  target_id          = "123456789012"
  target_type        = "AWS_ACCOUNT"
}
