resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
  tags       = { Name = "platform" }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, count.index)
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
}

module "eks" {
  source     = "./modules/eks"
  name       = "platform"
  subnet_ids = aws_subnet.private[*].id
}
