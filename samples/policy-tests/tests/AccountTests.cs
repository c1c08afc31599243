namespace PolicyTests;

/// <summary>The people of the account, below the guardrails of the organization.</summary>
public class AccountTests
{
    private static readonly OrganizationPolicies Organization = Policies.LoadOrganization("policies/organization.json");

    private static readonly DumpPolicies Account = Policies.FromAccountDump("policies/account.json");

    private static readonly PolicySubjects Everybody = Account.Principals.Each(principal => principal.Under(Organization));

    private static readonly PolicySubject Developer = Account.Principal("role/developer").Under(Organization);

    [Fact]
    public void Nobody_switches_a_Region_on() => Everybody.ShouldNeverAllow(["account:EnableRegion", "account:DisableRegion"]);

    [Fact]
    public void Nobody_leaves_the_organization() => Everybody.ShouldNeverAllow("organizations:LeaveOrganization");

    [Fact]
    public void Developers_run_instances() => Developer.ShouldAllow("ec2:RunInstances", when: r => r["aws:RequestedRegion"] == "eu-west-1");

    [Fact]
    public void Developers_work_in_Europe_only() => Developer.ShouldNeverAllow("ec2:RunInstances", when: r => r["aws:RequestedRegion"] != "eu-west-1");

    [Fact]
    public void Developers_manage_no_identities() => Developer.ShouldNeverAllow("iam:*");

    [Fact]
    public void Developers_have_no_more_than_was_approved() => Developer.ShouldGrantNoMoreThan(Policies.Load("policies/approved.json"));

    [Fact]
    public void A_session_for_support_only_looks() => Developer.AsSeenBy("policies/support.session.json").ShouldNeverAllow(["ec2:Run*", "ec2:Terminate*"]);

    [Fact]
    public void Outside_the_guardrails_the_developer_could_switch_a_Region_on() =>
        Assert.Throws<PolicyClaimException>(() => Account.Principal("role/developer").ShouldNeverAllow("account:EnableRegion"));

    [Fact]
    public void The_approved_policy_has_no_dead_statements() => Policies.Load("policies/approved.json").ShouldHaveNoDeadStatements();
}
