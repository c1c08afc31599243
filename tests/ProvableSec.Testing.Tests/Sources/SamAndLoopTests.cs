namespace ProvableSec.Testing.Tests.Sources;

/// <summary>Templates in YAML, what SAM adds to them, and what loops make.</summary>
public sealed class SamAndLoopTests
{
    private const string Loop = """
        {"Transform": "AWS::LanguageExtensions", "Parameters": {"Names": {"Type": "CommaDelimitedList"}}, "Resources": {
          "Fn::ForEach::Workers": ["Name", ITEMS, {"Role${Name}": {"Type": "AWS::IAM::Role", "Properties": {
            "RoleName": {"Fn::Sub": "${Name}"},
            "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::Sub": "arn:aws:s3:::${Name}/*"}}]}}]}}}]}}
        """;

    private static readonly TemplatePolicies Sam = Policies.FromTemplate("../Data/sam.yaml");

    [Fact]
    public void A_template_in_YAML_is_read_with_its_lines()
    {
        TemplatePolicies known = Sam.DeployedTo("111122223333", "eu-west-1");
        known.Role("Orders").ShouldAllow("s3:GetObject", on: "arn:aws:s3:::111122223333-orders/*");
        Assert.Contains("  Allowed by ../Data/sam.yaml:13 · statement 0 \"Read\"\n", Failing.Message(() => known.Role("Orders").ShouldNeverAllow("s3:*")),
            StringComparison.Ordinal);
        Assert.Contains("AWS::AccountId (../Data/sam.yaml:14)", Failing.Message(() => Sam.Role("Orders")
            .ShouldAllow("s3:GetObject", on: "arn:aws:s3:::111122223333-orders/*")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_SAM_has_what_SAM_attaches()
    {
        PolicySubject orders = Sam.DeployedTo("111122223333").Role("Orders");
        orders.ShouldAllow("logs:PutLogEvents");
        Assert.Contains("logs:", Failing.Message(() => orders.ShouldAllowOnly("s3:*")), StringComparison.Ordinal);
        orders.ShouldAllowOnly(["s3:Get*", "logs:*"]);
    }

    [Fact]
    public void What_SAM_attaches_and_nobody_says_leaves_a_claim_unknown()
    {
        string message = Failing.Message(() => Sam.Role("Queue").ShouldNeverAllow("iam:*"));
        Assert.Contains("SAM attaches the managed policy AWSXRayDaemonWriteAccess to it, which is not in the template; give it with .WithManagedPolicy(\"AWSXRayDaemonWriteAccess\"", message, StringComparison.Ordinal);
        Assert.Contains("service-role/AWSLambdaSQSQueueExecutionRole", message, StringComparison.Ordinal);
        Assert.Contains("what SAM lets it do for DeadLetterQueue is written out only at deployment",
            Failing.Message(() => Sam.Role("Sent").ShouldNeverAllow("iam:*")), StringComparison.Ordinal);
        const string Allow = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}}""";
        Sam.WithManagedPolicy("AWSXRayDaemonWriteAccess", Allow).WithManagedPolicy("service-role/AWSLambdaSQSQueueExecutionRole", Allow).Role("Queue")
            .ShouldNeverAllow("iam:*");
    }

    [Fact]
    public void The_roles_of_a_template_are_those_of_SAM_too_but_not_one_that_is_given() =>
        Assert.Equal(["Orders", "Queue", "Sent"], Sam.Roles.TestCases.Select(row => (string)row[0]));

    [Fact]
    public void A_loop_makes_roles()
    {
        TemplatePolicies made = Policies.FromTemplateText(Loop.Replace("ITEMS", """["alpha", "beta"]""", StringComparison.Ordinal), "loop");
        Assert.Equal(["Rolealpha", "Rolebeta"], made.Roles.TestCases.Select(row => (string)row[0]));
        made.Role("Rolebeta").ShouldAllowOnly("s3:GetObject", on: "arn:aws:s3:::beta/*");
        Assert.Contains("Allowed by loop:5 · statement 0", Failing.Message(() => made.Role("Rolealpha").ShouldNeverAllow("s3:*")), StringComparison.Ordinal);
        made.Roles.ShouldNeverAllow("s3:PutObject");
    }

    [Fact]
    public void A_loop_over_what_is_not_known_proves_nothing_until_a_test_says_the_list()
    {
        TemplatePolicies open = Policies.FromTemplateText(Loop.Replace("ITEMS", """{"Ref": "Names"}""", StringComparison.Ordinal)
            .Replace("\"Resources\": {", "\"Resources\": {\"Other\": {\"Type\": \"AWS::IAM::Role\", \"Properties\": {}}, ", StringComparison.Ordinal), "loop");
        Assert.Contains("Fn::ForEach::Workers goes over a list that is known only at deployment", Failing.Message(() => open.Roles.ShouldNeverAllow("iam:*")),
            StringComparison.Ordinal);
        TemplatePolicies known = open.With("Names", "alpha, beta");
        known.Roles.ShouldNeverAllow("iam:*");
        known.Role("Rolebeta").ShouldAllow("s3:GetObject", on: "arn:aws:s3:::beta/*");
    }
}
