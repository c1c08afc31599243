namespace PolicyTests;

/// <summary>The roles of the application, as its stack of the CDK makes them.</summary>
public class ApplicationTests
{
    private static readonly TemplatePolicies Application = Policies.FromTemplate("policies/application.template.json").DeployedTo("111122223333", "eu-west-1");

    private static readonly PolicySubject Api = Application.Role("ApiRole");

    [Fact]
    public void The_api_reads_reports() => Api.ShouldAllow("s3:GetObject", on: "arn:aws:s3:::acme-reports/*");

    [Fact]
    public void The_api_reads_reports_and_sends_orders_and_does_nothing_else() => Api.ShouldAllowOnly(["s3:GetObject", "sqs:SendMessage"]);

    [Fact]
    public void The_api_reads_nothing_but_reports() => Api.ShouldNeverAllow("s3:*", on: "arn:aws:s3:::acme-payroll/*");

    [Fact]
    public void Only_lambda_acts_as_the_api() => Api.Trust.ShouldNotBePublic();

    [Fact]
    public void No_role_but_the_deployment_passes_roles() => Application.Roles.ButNot("Deploy*").ShouldNeverAllow("iam:PassRole");

    [Fact]
    public void The_deployment_passes_the_api_role_only() => Application.Role("DeployRole")
        .ShouldAllowOnly("iam:PassRole", on: "arn:aws:iam::111122223333:role/api");

    [Fact]
    public void No_role_gets_more_access_than_its_policies_give() => Application.Roles.ShouldHaveNoPrivilegeEscalation();

    [Fact]
    public void Nothing_of_the_application_is_public() => Application.ResourcePolicies.ShouldNotBePublic();

    [Fact]
    public void The_rules_find_nothing() => Application.Roles.ShouldHaveNoFindings(FindingSeverity.Warning, "PSEC2107");

    public static IEnumerable<object[]> Roles => Application.Roles.TestCases;

    [Theory]
    [MemberData(nameof(Roles))]
    public void No_role_deletes_logs(string role) => Application.Role(role).ShouldNeverAllow(["logs:Delete*", "cloudtrail:*"]);
}
