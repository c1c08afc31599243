namespace ProvableSec.Tool.Tests.Sharding;

/// <summary>
/// Parts are of one run where everything is the same that an answer rests on: what is named, what is found beside it, and what that names. Each input is
/// changed between two
/// parts, and they are put together no more.
/// </summary>
public sealed class ShardWorkTests : IDisposable
{
    private const string Policy = """{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*"}]}""";
    private const string More = """{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage", "iam:PassRole"], "Resource": "*"}]}""";
    private const string Deny = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}""";
    private readonly TestRepository repository = new();
    private readonly TemporaryFolder results = new();

    public void Dispose()
    {
        repository.Dispose();
        results.Dispose();
    }

    [Theory]
    [InlineData("p/a.json", More)]
    [InlineData("p/c.json", Policy)]
    [InlineData("provablesec.json", """{"version": 1, "checks": [{"id": "acme1", "title": "No queues", "deny": "deny.json", "types": ["scp"]}]}""")]
    [InlineData("provablesec.json", """{"version": 1, "checks": [{"id": "acme1", "title": "Queues", "deny": "deny.json"}]}""")]
    [InlineData("deny.json", More)]
    [InlineData("p/provablesec.json", """{"version": 1, "documents": [{"files": "a.json", "type": "boundary"}]}""")]
    [InlineData(".gitignore", "b.json\n")]
    [InlineData("advisor.json", """{"JobStatus": "COMPLETED", "ServicesLastAccessed": [{"ServiceNamespace": "sqs"}]}""")]
    [InlineData("waivers.json", """[{"rule": "PSEC2008", "file": "b.json", "reason": "known", "until": "2999-01-01"}]""")]
    [InlineData("baseline.json", """{"version": 1, "findings": [{"rule": "PSEC2008", "file": "p/a.json", "fingerprint": "0000000000000000000000000000000000000000000000000000000000000000"}]}""")]
    public void Check(string file, string text)
    {
        repository.Write("p/a.json", Policy);
        repository.Write("p/b.json", Policy);
        repository.Write("deny.json", Deny);
        repository.Write("provablesec.json", """{"version": 1, "checks": [{"id": "acme1", "title": "No queues", "deny": "deny.json"}]}""");
        repository.Write("advisor.json", """{"JobStatus": "COMPLETED", "ServicesLastAccessed": [{"ServiceNamespace": "s3"}]}""");
        repository.Write("waivers.json", "[]");
        repository.Write("baseline.json", """{"version": 1, "findings": []}""");
        AreTwoRuns(file, text, "check", repository["p"], "--last-accessed", repository["advisor.json"], "--waivers", repository["waivers.json"], "--baseline",
            repository["baseline.json"]);
    }

    [Theory]
    [InlineData("app.json", More)]
    [InlineData("roles/r3.json", Policy)]
    [InlineData("scp.json", More)]
    [InlineData("organization.json", """{"organization": {"id": "o-abcde12345", "managementAccount": "999988887777", "accounts": {"111122223333": "o-abcde12345/r-abcd/"}}, "serviceControlPolicies": {"r-abcd": ["scp.json"]}}""")]
    [InlineData("deny.json", More)]
    [InlineData("base.json", """{"version": 1, "properties": [{"id": "queues", "question": "not-granted", "stacks": ["app"], "forbidden": "deny.json", "request": {"resource": {"like": "arn:aws:sqs:*"}}, "waivers": [{"reason": "soon", "until": "2999-01-01", "owner": "ann"}]}]}""")]
    [InlineData("base.json", """{"version": 1, "properties": [{"id": "queues", "question": "not-granted", "stacks": ["app"], "forbidden": "deny.json", "request": {"resource": {"like": "arn:aws:sns:*"}}}]}""")]
    [InlineData("base.json", """{"version": 1, "properties": [{"id": "queues", "owner": "bob", "question": "not-granted", "stacks": ["app"], "forbidden": "deny.json", "request": {"resource": {"like": "arn:aws:sqs:*"}}}]}""")]
    [InlineData("checked/one.json", More)]
    [InlineData("checked/provablesec.json", """{"version": 1, "checks": [{"id": "acme1", "title": "No queues", "deny": "../deny.json"}]}""")]
    public void Verify(string file, string text)
    {
        repository.Write("app.json", Policy);
        repository.Write("roles/r1.json", Policy);
        repository.Write("roles/r2.json", Policy);
        repository.Write("scp.json", PolicyJson.Everything);
        repository.Write("checked/one.json", Policy);
        repository.Write("organization.json", """{"organization": {"id": "o-abcde12345", "managementAccount": "999988887777", "accounts": {"111122223333": "o-abcde12345/r-abcd/ou-abcd-12345678/"}}, "serviceControlPolicies": {"r-abcd": ["scp.json"]}}""");
        repository.Write("deny.json", Deny);
        repository.Write("base.json", """{"version": 1, "properties": [{"id": "queues", "question": "not-granted", "stacks": ["app"], "forbidden": "deny.json", "request": {"resource": {"like": "arn:aws:sqs:*"}}}]}""");
        repository.Write("provablesec.json", """
            {"version": 1, "extends": "base.json", "organization": "organization.json", "documents": [{"files": "checked/*.json", "type": "identity", "check": true}],
             "stacks": {"app": {"account": "111122223333", "identityPolicies": ["app.json"]}},
             "properties": [{"id": "old", "question": "not-granted", "policies": "roles/*.json", "forbidden": "deny.json"}]}
            """);
        AreTwoRuns(file, text, "verify", repository["provablesec.json"]);
    }

    [Theory]
    [InlineData("old/a.json", More)]
    [InlineData("new/b.json", More)]
    [InlineData("new/c.json", Policy)]
    [InlineData("provablesec.json", """{"version": 1, "documents": [{"files": "new/*.json", "type": "scp"}]}""")]
    [InlineData("base.json", """{"version": 1, "documents": [{"files": "new/a.json", "type": "boundary"}]}""")]
    [InlineData("scp.json", Policy)]
    [InlineData("boundary.json", Policy)]
    [InlineData("organization.json", """{"organization": {"id": "o-abcde12345", "managementAccount": "999988887777", "accounts": {"111122223333": "o-abcde12345/r-abcd/"}}, "serviceControlPolicies": {"r-abcd": ["scp.json"]}}""")]
    [InlineData("new/.gitignore", "b.json\n")]
    [InlineData("approved.json", """[{"statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}, "owner": "ann", "reason": "asked for", "expires": "2999-01-01"}]""")]
    public void Diff(string file, string text)
    {
        foreach (string side in (string[])["old", "new"])
        {
            repository.Write(side + "/a.json", side == "old" ? Policy : More);
            repository.Write(side + "/b.json", Policy);
        }

        repository.Write("scp.json", PolicyJson.Everything);
        repository.Write("boundary.json", PolicyJson.Everything);
        repository.Write("organization.json", """{"organization": {"id": "o-abcde12345", "managementAccount": "999988887777", "accounts": {"111122223333": "o-abcde12345/r-abcd/ou-abcd-12345678/"}}, "serviceControlPolicies": {"r-abcd": ["scp.json"]}}""");
        repository.Write("base.json", """{"version": 1, "documents": []}""");
        repository.Write("approved.json", "[]");
        repository.Write("provablesec.json", """
            {"version": 1, "extends": "base.json", "organization": "organization.json",
             "stacks": {"app": {"account": "111122223333", "identityPolicies": ["new/a.json"], "permissionsBoundary": "boundary.json"}}}
            """);
        AreTwoRuns(file, text, "diff", repository["old"], repository["new"], "--allow", repository["approved.json"]);
    }

    private void AreTwoRuns(string file, string text, params string[] args)
    {
        Part(1);
        Part(2);
        ToolRun merged = ToolRun.Command("merge", results["1.json"], results["2.json"]);
        Assert.DoesNotContain("are not of one run", merged.Error, StringComparison.Ordinal);
        Assert.NotEqual(2, merged.ExitCode);
        repository.Write(file, text);
        Part(2);
        merged = ToolRun.Command("merge", results["1.json"], results["2.json"]);
        Assert.Contains("are not of one run", merged.Error, StringComparison.Ordinal);
        Assert.Equal(2, merged.ExitCode);

        void Part(int part)
        {
            ToolRun run = ToolRun.Command([.. args, "--shard", $"{part}/2", "--output", $"json={results[$"{part}.json"]}"]);
            Assert.True(run.ExitCode is 0 or 1 or 3, run.Error);
        }
    }
}
