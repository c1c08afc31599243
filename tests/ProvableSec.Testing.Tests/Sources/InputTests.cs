namespace ProvableSec.Testing.Tests.Sources;

/// <summary>Bad input: an exception that says what is wrong, never a null reference and never a test that passes.</summary>
public sealed class InputTests
{
    private const string Plan = """{"format_version":"1.2","planned_values":{"root_module":{"resources":[]}}}""";

    [Fact]
    public void A_missing_file_is_named_with_where_it_was_looked_for()
    {
        string message = Failing.Source(() => Policies.Load("Data/rol.json"));
        Assert.StartsWith("Data/rol.json does not exist; looked in ", message, StringComparison.Ordinal);
        Assert.Contains("did you mean", Failing.Source(() => Policies.Load("../Data/rolle.json", Path.Combine(TestData.Folder, "Sources", "InputTests.cs"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "the policy has errors, so that nothing can be claimed of it")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}""",
        "the policy has errors, so that nothing can be claimed of it: the text:1:")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}""", "is a CloudFormation template, not a policy; read it with Policies.FromTemplate")]
    [InlineData("""{"RoleDetailList":[]}""", "is an account dump, not a policy; read it with Policies.FromAccountDump")]
    [InlineData(Plan, "is a Terraform plan, not a policy; read it with Policies.FromTerraformPlan")]
    public void What_is_no_policy_is_refused(string text, string message) =>
        Assert.Contains(message, Failing.Source(() => Policies.Parse(text, "the text")), StringComparison.Ordinal);

    [Theory]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n", "the text:")]
    [InlineData("{}", "is not a CloudFormation template")]
    [InlineData("""{"Statement":[]}""", "is a policy; read it with Policies.Load")]
    [InlineData("[", "the text:1:")]
    public void What_is_no_template_is_refused(string text, string message) =>
        Assert.Contains(message, Failing.Source(() => Policies.FromTemplateText(text, "the text")), StringComparison.Ordinal);

    [Theory]
    [InlineData("dump.json", "dump.json is an account dump; read it with Policies.FromAccountDump")]
    [InlineData("plan.json", "plan.json is a Terraform plan; read it with Policies.FromTerraformPlan")]
    public void What_is_something_else_is_said_with_how_it_is_read(string file, string message) =>
        Assert.EndsWith(message, Failing.Source(() => Policies.FromTemplate("../Data/" + file)), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_a_dump_or_a_plan_is_refused()
    {
        Assert.Contains("organization.json is not an account dump; expected what", Failing.Source(() => Policies.FromAccountDump("../Data/organization.json")),
            StringComparison.Ordinal);
        Assert.Contains("organization.json is not a Terraform plan; expected what",
            Failing.Source(() => Policies.FromTerraformPlan("../Data/organization.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_with_errors_in_a_template_lets_no_claim_about_its_role_pass()
    {
        const string Text = """
            {"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
              {"Effect": {"Ref": "Effect"}, "Action": "*", "Resource": "*"}]}}]}}}}
            """;
        Assert.Contains("but that is not known: the policy of R (AWS::IAM::Role) has errors",
            Failing.Message(() => Policies.FromTemplateText(Text).Role("R").ShouldNeverAllow("iam:*")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_is_twelve_digits() => Assert.Contains("expected twelve digits",
        Failing.Source(() => Policies.Load("Data/role.json").InAccount("1234")), StringComparison.Ordinal);

    [Fact]
    public void A_limiting_policy_is_no_beginning_of_a_stack() =>
        Assert.Contains("is a service control policy, which grants nothing by itself",
            Failing.Source(() => Policies.Load("Data/regions.scp.json").WithBoundary("Data/role.json")), StringComparison.Ordinal);

    [Fact]
    public void Types_are_spelled_as_they_are() => Assert.Contains("did you mean \"boundary\"?",
        Failing.Source(() => Policies.LoadAs("boundery", "Data/role.json")), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_policy_object_is_refused() => Assert.Contains("System.Int32 is not a policy that can be read",
        Failing.Source(() => Policies.From(4)), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_stack_is_refused() => Assert.Contains("System.String is not a stack of the CDK", Failing.Source(() => Policies.FromCdk("x")),
        StringComparison.Ordinal);

    [Fact]
    public void An_object_that_writes_itself_is_a_policy() => Policies.From(new Written(), "written").ShouldNeverAllow("s3:PutObject");

    private sealed class Written
    {
        public static string ToJson() => """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
    }
}
