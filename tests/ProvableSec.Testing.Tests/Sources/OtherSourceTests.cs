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
        Assert.Contains("Allowed by Data/dump.json:13 · statement 0 \"Read\"", Failing.Message(() => Dump.Principal("role/team/app").ShouldNeverAllow("s3:*")),
            StringComparison.Ordinal);
        Assert.Equal("Data/dump.json: there is no \"role/app\"; there are user/eve, role/team/app", Failing.Source(() => Dump.Principal("role/app")));
        Assert.Contains("principal   arn:aws:iam::111122223333:role/team/app\n",
            Failing.Message(() => Dump.Principal("role/team/app").ShouldNeverAllow("s3:*")), StringComparison.Ordinal);
        Dump.Roles.ShouldNeverAllow("iam:*");
    }

    [Fact]
    public void An_organization_binds_the_accounts_below_it()
    {
        OrganizationPolicies organization = Policies.LoadOrganization("Data/organization.json");
        PolicySubject eve = Dump.Principal("user/eve");
        Assert.Contains("account:EnableRegion", Failing.Message(() => eve.ShouldNeverAllow("account:EnableRegion")), StringComparison.Ordinal);
        Dump.Roles.Each(role => role.Under(organization)).ShouldNeverAllow("account:EnableRegion");
        eve.Under(organization)
            .ShouldGrantNoMoreThan(Policies.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"account:*","Resource":"*"}}"""));
        Assert.Contains("the account is not known", Failing.Source(() => Policies.Load("Data/role.json").Under(organization)), StringComparison.Ordinal);
        Assert.Contains("the account 123456789012 is not in Data/organization.json; there are 111122223333",
            Failing.Source(() => Policies.Load("Data/role.json").InAccount("123456789012").Under(organization)), StringComparison.Ordinal);
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
    public void Sets_of_a_configuration_have_their_members()
    {
        ConfiguredPolicies configured = Policies.FromConfiguration("Data/sets.json");
        Assert.Equal(
            ["dumps/arn:aws:iam::111122223333:role/team/app", "dumps/arn:aws:iam::111122223333:user/eve", "templates/template.json#AppRole1A2B3C4D",
                "templates/template.json#DeployRole", "plans/plan.json#aws_iam_role.app"],
            configured.Stacks.Ids.Order(StringComparer.Ordinal).OrderBy(id => id[0] == 'd' ? 0 : id[0] == 't' ? 1 : 2));
        configured.Stacks.Like("dumps/*role*").ShouldNeverAllow("s3:PutObject");
        configured.Stacks.Like("plans/*").ShouldNeverAllow("s3:PutObject");
        // What the set says of deployments, and the organization above the account.
        configured.Stack("templates/template.json#AppRole1A2B3C4D").ShouldNeverAllow("s3:GetObject", on: "arn:aws:s3:::secret/*");
        Assert.Contains("account:EnableRegion", Failing.Message(() => Policies.FromAccountDump("Data/dump.json").Principal("user/eve")
            .ShouldNeverAllow("account:EnableRegion", on: "arn:aws:account::111122223333:account")), StringComparison.Ordinal);
        Assert.Contains("which control policies of Data/organization.json bind it is not known; give the stack an account",
            Failing.Message(() => configured.Stack("plans/plan.json#aws_iam_role.app").ShouldAllow("s3:GetObject", on: "arn:aws:s3:::a/b")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "variables": {"a": "b"}, "stacks": {} """, "has \"variables\", which only provablesec verify reads")]
    [InlineData(""" "stacks": {"roles": {"each": "role", "files": "none/*.json"}} """, "no file matches none/*.json, which the stacks \"roles\" name")]
    [InlineData(""" "stacks": {"users": {"each": "user", "files": "plan.json"}} """, "no user is in the files of the stacks \"users\"")]
    [InlineData(""" "stacks": {"roles": {"each": "role", "files": "role.json"}} """, "role.json is not what \"each\": \"role\" reads")]
    [InlineData(""" "stacks": {"roles": {"each": "role", "files": "plan.json", "filez": 1}} """, "\"filez\" is not a member of the stacks \"roles\"")]
    public void A_mistake_in_a_configuration_is_told(string members, string message)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("provablesec-");
        foreach (string name in (string[])["plan.json", "role.json"])
        {
            File.Copy(Path.Combine(TestData.Folder, "Data", name), Path.Combine(folder.FullName, name));
        }

        string file = Path.Combine(folder.FullName, "provablesec.json");
        File.WriteAllText(file, $$"""{"version": 1, {{members}} }""");
        Assert.Contains(message, Failing.Source(() => Policies.FromConfiguration(file)), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Roles_of_a_plan_have_what_the_configuration_refers_to()
    {
        PlanPolicies plan = Policies.FromTerraformPlan("Data/plan.json");
        PolicySubject app = plan.Role("aws_iam_role.app");
        app.ShouldNeverAllow("s3:PutObject");
        Assert.Contains("Data/plan.json:7", Failing.Message(() => app.ShouldNeverAllow("s3:GetObject")), StringComparison.Ordinal);
        app.Trust.ShouldNotBePublic();
        Assert.Contains("the managed policy ReadOnlyAccess of aws_iam_role_policy_attachment.ops is not in the plan",
            Failing.Message(() => plan.Role("ops").ShouldNeverAllow("s3:PutObject")), StringComparison.Ordinal);
        plan.WithManagedPolicy("ReadOnlyAccess", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""").Role("ops")
            .ShouldNeverAllow("s3:PutObject");
    }
}
