resource "terraform_data" "migrate" {
  provisioner "local-exec" {
    command = "./migrate.sh"
  }
}

resource "aws_cloudformation_stack" "baseline" {
  name         = "baseline"
  capabilities = ["CAPABILITY_NAMED_IAM"]
  template_body = jsonencode({
    Resources = { Topic = { Type = "AWS::SNS::Topic" } }
  })
}
