namespace ProvableSec.Tool.Tests.Files;

/// <summary>A file that a command does not read: exit code 2, what the file is, and which command and option reads it.</summary>
public sealed class WrongInputTests : IDisposable
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
    private const string Template = """{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""";
    private const string Plan = """{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{},"resource_changes":[]}""";
    private const string Dump = """{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}""";
    private const string Configuration = """{"version":1,"properties":[{"id":"a","question":"no-dead-statement","policy":"policy.json"}]}""";
    private const string Case = """{"request":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}}""";
    private const string Question = """{"question":"no-dead-statement","policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}}""";
    private const string Organization = """{"organization":{"id":"o-exampleorgid"},"serviceControlPolicies":{}}""";
    private const string Terraform = "resource \"aws_iam_role\" \"app\" {\n  name = \"app\"\n}\n";

    private readonly TemporaryFolder folder = new();

    public WrongInputTests()
    {
        foreach ((string name, string text) in ((string, string)[])
            [
                ("policy.json", Policy), ("template.json", Template), ("template.yaml", "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n"), ("plan.json", Plan),
                    ("dump.json", Dump),
                ("configuration.json", Configuration), ("case.json", Case), ("question.json", Question), ("organization.json", Organization),
                    ("main.tf", Terraform), ("terragrunt.hcl", "include {}\n"),
                ("foo.json", """{"foo":1}"""), ("README.md", "# Policies\n"), ("module", Terraform),
            ])
        {
            folder.Write(name, text);
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ask who-can s3:GetObject --dump policy.json", "policy.json:1:1: this is an IAM policy, not an account dump; provablesec check reads it, and prove with --policy")]
    [InlineData("ask who-can s3:GetObject --dump template.yaml", "template.yaml:1:1: this is a CloudFormation template, not an account dump; provablesec check reads it")]
    [InlineData("ask escalation --dump organization.json", "organization.json:1:1: this is an organization with its control policies, not an account dump; provablesec ask reads it with --organization")]
    [InlineData("ask who-can s3:GetObject --dump foo.json", "foo.json:1:1: this is not an account dump; expected what aws iam get-account-authorization-details prints")]
    [InlineData("ask who-can s3:GetObject --dump dump.json --dump policy.json", "policy.json:1:1: this is an IAM policy, not an account dump")]
    [InlineData("ask who-can s3:GetObject --dump dump.json --organization policy.json",
        "policy.json:1:1: this is an IAM policy, not an organization with its control policies")]
    [InlineData("ask who-can s3:GetObject --dump dump.json --scp template.json", "template.json:1:1: this is a CloudFormation template, not an IAM policy")]
    [InlineData("check main.tf", "main.tf:1:1: this is Terraform source, not a policy, a template, an account dump, a plan, an answer of the AWS CLI, a manifest of containers or a credential report; give provablesec check the plan: terraform plan -out plan && terraform show -json plan > plan.json")]
    [InlineData("check terragrunt.hcl", "terraform show -json plan")]
    [InlineData("check module", "terraform show -json plan")]
    [InlineData("check policy.json configuration.json", "configuration.json:1:1: this is a configuration, not a policy, a template, an account dump, a plan, an answer of the AWS CLI, a manifest of containers or a credential report; provablesec verify reads it")]
    [InlineData("check case.json", "provablesec simulate reads it")]
    [InlineData("check README.md", "README.md:1:1: this is not JSON or YAML; expected a policy, a template, an account dump, a plan, an answer of the AWS CLI, a manifest of containers or a credential report")]
    [InlineData("simulate template.json", "template.json:1:1: this is a CloudFormation template, not a case; provablesec check reads it")]
    [InlineData("simulate policy.json", "policy.json:1:1: this is an IAM policy, not a case; provablesec check reads it, and prove with --policy")]
    [InlineData("simulate question.json", "provablesec prove FILE reads it")]
    [InlineData("prove question.json --baseline policy.json", "holds the question")]
    [InlineData("prove case.json", "case.json:1:1: this is a case, not a question; provablesec simulate reads it")]
    [InlineData("prove --batch policy.json", "policy.json:1:1: this is an IAM policy, not a question")]
    [InlineData("prove no-dead-statement --policy dump.json", "dump.json:1:1: this is an account dump, not an IAM policy; provablesec ask reads it with --dump, and check")]
    [InlineData("prove no-dead-statement --policy main.tf", "main.tf:1:1: this is Terraform source, not an IAM policy")]
    [InlineData("prove not-granted --policy policy.json --forbidden plan.json",
        "plan.json:1:1: this is a Terraform plan, not an IAM policy; provablesec check reads it")]
    [InlineData("prove granted --identity template.json --require s3:GetObject", "template.json:1:1: this is a CloudFormation template, not an IAM policy")]
    [InlineData("verify policy.json", "policy.json:1:1: this is an IAM policy, not a configuration")]
    [InlineData("verify main.tf", "main.tf:1:1: this is Terraform source, not a configuration")]
    [InlineData("certificate check policy.json", "policy.json:1:1: this is an IAM policy, not a certificate")]
    public void The_message_says_what_reads_it(string commandLine, string message)
    {
        ToolRun run =
            ToolRun.Command([.. commandLine.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) || word == "module" ? folder[word] : word)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error.Replace(folder["x"][..^1], "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_of_a_configuration_that_is_a_template_says_so()
    {
        string file = folder.Write("provablesec.json", """{"version":1,"properties":[{"id":"a","question":"no-dead-statement","policy":"template.json"}]}""");
        ToolRun run = ToolRun.Command("verify", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("template.json:1:1: this is a CloudFormation template, not an IAM policy; provablesec check reads it", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no Statement", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"foo":1}""")]
    [InlineData("""{"Statement":""")]
    public void Json_that_nothing_tells_stays_a_broken_policy(string text)
    {
        ToolRun run = ToolRun.Command("check", folder.Write("x.json", text));
        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Output);
    }

    [Theory]
    [InlineData("policy.json")]
    [InlineData("dump.json")]
    [InlineData("template.json")]
    [InlineData("template.yaml")]
    [InlineData("plan.json")]
    public void What_check_reads_it_reads(string name) => Assert.Equal(0, ToolRun.Command("check", folder[name], "--fail-on", "never").ExitCode);
}
