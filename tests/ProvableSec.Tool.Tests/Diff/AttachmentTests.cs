using System.Text.Json;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>What is attached and detached, in templates, plans and account dumps, although no policy changes.</summary>
public sealed class AttachmentTests : IDisposable
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Write = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}""";
    private const string Boundary = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_role_that_gets_a_policy_of_the_template_gets_what_it_grants()
    {
        JsonElement change = Only(Template(""), Template(""","ManagedPolicyArns":[{"Ref":"Write"}]"""));
        Assert.Equal(("attached", "Role: policy Write"), (change.GetProperty("change").GetString(), change.GetProperty("owner").GetString()));
        Assert.Equal("may s3:PutObject on *", change.GetProperty("added")[0].GetProperty("says").GetString());
    }

    [Fact]
    public void A_managed_policy_that_is_not_in_the_template_is_unknown()
    {
        var run = Diff(Template(""), Template(""","ManagedPolicyArns":["arn:aws:iam::aws:policy/ReadOnlyAccess"]"""));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the policy arn:aws:iam::aws:policy/ReadOnlyAccess is not in the file, so what it grants is not known", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_policy_that_is_known_by_its_name_is_what_it_allows()
    {
        JsonElement change = Only(Template(""), Template(""","ManagedPolicyArns":["arn:aws:iam::aws:policy/AdministratorAccess"]"""));
        Assert.Equal("may * on *", change.GetProperty("added")[0].GetProperty("says").GetString());
    }

    [Fact]
    public void A_boundary_that_goes_lets_through_what_it_stopped()
    {
        JsonElement change = Only(Template(""","PermissionsBoundary":{"Ref":"Boundary"}"""), Template(""));
        Assert.Equal("detached", change.GetProperty("change").GetString());
        JsonElement line = change.GetProperty("added")[0];
        Assert.Equal(("let-through", "may * on *; besides s3:* on *"), (line.GetProperty("kind").GetString(), line.GetProperty("says").GetString()));
    }

    [Fact]
    public void A_role_of_a_dump_is_compared_by_all_its_policies_within_its_boundary()
    {
        JsonElement change = Only(Dump(""), Dump("""{"PolicyName":"write","PolicyArn":"arn:aws:iam::111122223333:policy/write"}"""));
        Assert.Equal("arn:aws:iam::111122223333:role/app", change.GetProperty("owner").GetString());
        Assert.Equal("may s3:PutObject on *", Assert.Single(change.GetProperty("added").EnumerateArray()).GetProperty("says").GetString());
        // The boundary allows nothing of it, so nothing is added.
        string bounded = ""","PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/small"}""";
        Assert.True(Only(Dump("", bounded), Dump("""{"PolicyName":"write","PolicyArn":"arn:aws:iam::111122223333:policy/write"}""", bounded))
            .GetProperty("same").GetBoolean());
    }

    [Fact]
    public void A_boundary_of_a_dump_that_goes_adds_what_it_stopped()
    {
        const string Attached = """{"PolicyName":"write","PolicyArn":"arn:aws:iam::111122223333:policy/write"}""";
        string bounded = ""","PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/small"}""";
        JsonElement change = Changes(Dump(Attached, bounded), Dump(Attached)).Single(one => one.GetProperty("type").GetString() == "principal");
        Assert.Equal("may s3:PutObject on *", Assert.Single(change.GetProperty("added").EnumerateArray()).GetProperty("says").GetString());
    }

    [Fact]
    public void A_control_policy_that_a_plan_detaches_is_unknown_where_it_is_elsewhere()
    {
        const string Attachment = """{"address":"aws_organizations_policy_attachment.a","type":"aws_organizations_policy_attachment","values":{"policy_id":"p-1","target_id":"ou-1"}}""";
        static string Plan(string resources) => $$$"""{"format_version":"1.2","planned_values":{"root_module":{"resources":[{{{resources}}}] } } }""";
        var run = Diff(Plan(Attachment), Plan(""));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the control policy p-1 is not in the file, so what it stopped is not known", run.Output, StringComparison.Ordinal);
    }

    private static string Template(string role) => $$$"""
        {"Resources":{
          "Role":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{{{Trust}}}{{{role}}}}},
          "Write":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{{{Write}}}}},
          "Boundary":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{{{Boundary}}} } } } }
        """;

    private static string Dump(string attached, string role = "") => $$$"""
        {"RoleDetailList":[{"Path":"/","RoleName":"app","RoleId":"AROAEXAMPLEEXAMPLE000","Arn":"arn:aws:iam::111122223333:role/app","AssumeRolePolicyDocument":{{{Trust}}},"RolePolicyList":[],"AttachedManagedPolicies":[{{{attached}}}]{{{role}}}}],
         "Policies":[
           {"PolicyName":"write","Arn":"arn:aws:iam::111122223333:policy/write","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{{{Write}}}}]},
           {"PolicyName":"small","Arn":"arn:aws:iam::111122223333:policy/small","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}}]}]}
        """;

    private ToolRun Diff(string before, string after, params string[] arguments) =>
        ToolRun.Command(["diff", folder.Write("old.json", before), folder.Write("new.json", after), .. arguments]);

    private JsonElement[] Changes(string before, string after) =>
        [.. JsonDocument.Parse(Diff(before, after, "--format", "json").Output).RootElement.GetProperty("changes").EnumerateArray()];

    private JsonElement Only(string before, string after) => Assert.Single(Changes(before, after));
}
