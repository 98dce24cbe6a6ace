resource "aws_iam_role" "orders_task" {
  name = "orders-task"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "orders_execution" {
  name = "orders-execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.orders_execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "orders" {
  family             = "orders"
  task_role_arn      = aws_iam_role.orders_task.arn
  execution_role_arn = aws_iam_role.orders_execution.arn
  container_definitions = jsonencode([
    { name = "orders", image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:2026.11.0", memory = 512, essential = true }
  ])
}

resource "aws_iam_role" "operations" {
  name = "operations"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "operations" {
  role       = aws_iam_role.operations.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
