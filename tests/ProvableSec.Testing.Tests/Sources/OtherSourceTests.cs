namespace ProvableSec.Testing.Tests.Sources;

/// <summary>Account dumps, organizations, configurations and Terraform plans.</summary>
public sealed class OtherSourceTests
{
    private static readonly DumpPolicies Dump = Policies.FromAccountDump("Data/dump.json");

    [Fact]
    public void Principals_of_a_dump_by_path_or_arn()
    {
        Dump.Principal("role/team/app").ShouldNeverAllow("s3:PutObject");
        Dump.Principal("arn:aws:iam::111122223333:role/team/app").ShouldAllow("s3:GetObject", on: "arn:aws:s3:::reports/*");
        Assert.Contains("Allowed by Data/dump.json:13 · statement 0 \"Read\"", Failing.Message(() => Dump.Principal("role/team/app").ShouldNeverAllow("s3:*")), StringComparison.Ordinal);
        Assert.Equal("Data/dump.json: there is no \"role/app\"; there are user/eve, role/team/app", Failing.Source(() => Dump.Principal("role/app")));
        Assert.Contains("principal   arn:aws:iam::111122223333:role/team/app\n", Failing.Message(() => Dump.Principal("role/team/app").ShouldNeverAllow("s3:*")), StringComparison.Ordinal);
        Dump.Roles.ShouldNeverAllow("iam:*");
    }

    [Fact]
    public void An_organization_binds_the_accounts_below_it()
    {
        OrganizationPolicies organization = Policies.LoadOrganization("Data/organization.json");
        PolicySubject eve = Dump.Principal("user/eve");
        Assert.Contains("account:EnableRegion", Failing.Message(() => eve.ShouldNeverAllow("account:EnableRegion")), StringComparison.Ordinal);
        Dump.Roles.Each(role => role.Under(organization)).ShouldNeverAllow("account:EnableRegion");
        eve.Under(organization).ShouldGrantNoMoreThan(Policies.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"account:*","Resource":"*"}}"""));
        Assert.Contains("the account is not known", Failing.Source(() => Policies.Load("Data/role.json").Under(organization)), StringComparison.Ordinal);
        Assert.Contains("the account 123456789012 is not in Data/organization.json; there are 111122223333", Failing.Source(() => Policies.Load("Data/role.json").InAccount("123456789012").Under(organization)), StringComparison.Ordinal);
    }

    [Fact]
    public void Stacks_of_a_configuration_by_name()
    {
        ConfiguredPolicies configured = Policies.FromConfiguration("Data/provablesec.json");
        configured.Stack("app").ShouldNeverAllow("account:EnableRegion");
        configured.Stacks.ShouldNeverAllow("iam:*");
        Assert.Contains("Data/role.json:13", Failing.Message(() => configured.Stack("app").ShouldNeverAllow("kms:*")), StringComparison.Ordinal);
        Assert.Contains("there is no \"ap\"; did you mean \"app\"?", Failing.Source(() => configured.Stack("ap")), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_of_a_plan_have_what_the_configuration_refers_to()
    {
        PlanPolicies plan = Policies.FromTerraformPlan("Data/plan.json");
        PolicySubject app = plan.Role("aws_iam_role.app");
        app.ShouldNeverAllow("s3:PutObject");
        Assert.Contains("Data/plan.json:7", Failing.Message(() => app.ShouldNeverAllow("s3:GetObject")), StringComparison.Ordinal);
        app.Trust.ShouldNotBePublic();
        Assert.Contains("the managed policy ReadOnlyAccess of aws_iam_role_policy_attachment.ops is not in the plan", Failing.Message(() => plan.Role("ops").ShouldNeverAllow("s3:PutObject")), StringComparison.Ordinal);
        plan.WithManagedPolicy("ReadOnlyAccess", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""").Role("ops").ShouldNeverAllow("s3:PutObject");
    }
}
