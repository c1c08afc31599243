namespace ProvableSec.Testing.Tests.Claims;

/// <summary>What a reviewer reads when a claim fails.</summary>
public sealed class MessageTests
{
    private static readonly PolicySubject Role = Policies.Load("Data/role.json");

    [Fact]
    public void A_refuted_claim_says_all_that_is_needed_to_mend_it()
    {
        string message = Failing.Message(() => Role.WithScp("Data/regions.scp.json").ShouldNeverAllow("ec2:TerminateInstances"));
        Golden.Equal("Data/never-allow.txt", message);
    }

    [Fact]
    public void A_failure_leads_to_the_statement_in_test_windows()
    {
        var failed = Assert.Throws<PolicyClaimException>(() => Role.ShouldNeverAllow("kms:*"));
        string place = Path.Combine(TestData.Folder, "Data", "role.json");
        Assert.StartsWith($"   at statement 1 \"AllButIdentity\" in {place}:line 13", failed.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_ends_with_a_case_that_simulate_reads()
    {
        string last = Failing.Message(() => Role.ShouldNeverAllow("s3:GetObject", on: "arn:aws:s3:::reports/*")).Split('\n')[^1];
        using var json = System.Text.Json.JsonDocument.Parse(last);
        Assert.Equal("deny", json.RootElement.GetProperty("expected").GetString());
        Assert.Equal("s3:GetObject", json.RootElement.GetProperty("request").GetProperty("action").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("identityPolicies")[0].GetProperty("Statement").GetArrayLength());
    }

    [Fact]
    public void A_supposed_key_policy_is_in_the_case()
    {
        string message =
            Failing.Message(() => Policies.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}}""", "keys")
            .InAccount("111122223333").ShouldNeverAllow("kms:Decrypt"));
        Assert.Contains("Supposing the key policy, which is not given, lets account 111122223333 in", message, StringComparison.Ordinal);
        Assert.Contains("\"supposed\":{\"resourcePolicy\":", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_of_a_claim_are_in_its_sentence()
    {
        string message =
            Failing.Message(() => Role.ShouldNeverAllow("s3:*", on: "arn:aws:s3:::reports/*", when: r => r["aws:SourceIp"].IsIn("203.0.113.0/24")));
        Assert.StartsWith("Data/role.json should never allow s3:* on arn:aws:s3:::reports/* when r[\"aws:SourceIp\"].IsIn(\"203.0.113.0/24\"), but it allows this request.", message, StringComparison.Ordinal);
        Assert.Contains("aws:SourceIp", message.Split("Allowed by")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Dead_statements_are_shown_with_their_places()
    {
        const string Twice = """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"s3:*","Resource":"*"},
            {"Sid":"Again","Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}
            """;
        string message = Failing.Message(() => Policies.Parse(Twice, "twice").ShouldHaveNoDeadStatements());
        Assert.StartsWith("twice should have no dead statements, but removing these changes nothing.\n\n  twice:3 · statement 1 \"Again\"\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_of_a_query_reads_as_a_line()
    {
        string? witness = Role.AllowedRequests().Where(r => r.Action == "s3:PutObject" && r["aws:MultiFactorAuthPresent"].IsAbsent)
            .FirstOrDefault()?.ToString();
        Assert.Matches("^arn:aws:iam::[0-9]{12}:role/[a-z]+ · s3:PutObject · arn:aws:s3:::reports/", witness);
        Assert.DoesNotContain("ImmutableArray", witness, StringComparison.Ordinal);
    }
}
