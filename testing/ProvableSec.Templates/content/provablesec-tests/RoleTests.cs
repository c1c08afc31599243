using ProvableSec.Testing;

public class RoleTests
{
    private static readonly PolicySubject Role = Policies.Load("policies/role.json").WithScp("policies/regions.scp.json");

    [Fact]
    public void Nobody_switches_a_Region_on() => Role.ShouldNeverAllow(["account:EnableRegion", "account:DisableRegion"]);

    [Fact]
    public void Reports_are_read_and_nothing_else() => Role.ShouldAllowOnly("s3:GetObject", on: "arn:aws:s3:::reports/*");

    [Fact]
    public void The_policies_have_no_findings() => Role.ShouldHaveNoFindings();
}
