data "aws_ssm_parameter" "image" {
  name = "/orders/image"
}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "/orders/${data.aws_ssm_parameter.image.value}"
  retention_in_days = 30
}
