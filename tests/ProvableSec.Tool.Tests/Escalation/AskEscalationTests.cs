using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ProvableSec.Tool.Tests.Escalation;

/// <summary><c>ask escalation</c>: who can become an administrator, step by step.</summary>
public sealed class AskEscalationTests : IDisposable
{
    private const string Account = "111122223333";
    private const string Everything = """[{"Effect": "Allow", "Action": "*", "Resource": "*"}]""";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Users() => new()
    {
        { "passes a role", """[{"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}, {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/runner"}]""", "role/runner" },
        { "passes it to another service", """[{"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}, {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}]""", "" },
        { "assumes a role that helps itself", """[{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/deployer"}]""", "role/deployer administrator" },
        { "assumes a role that does not trust", """[{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/runner"}]""", "" },
        { "helps itself", """[{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "arn:aws:iam::111122223333:user/${aws:username}"}]""", "administrator" },
        { "takes over an administrator", """[{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "arn:aws:iam::111122223333:user/ad*"}]""", "user/admin" },
        { "is kept from it", """[{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}, {"Effect": "Deny", "Action": ["iam:*Key", "iam:Put*", "iam:Attach*", "iam:*LoginProfile", "iam:UpdateAssumeRolePolicy"], "Resource": "*"}]""", "" },
        { "has no tag that it would need", """[{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "operations"}}}]""", "" },
        { "reads", """[{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]""", "" },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public void A_chain_leads_from_the_user_to_the_top(string what, string statements, string chain)
    {
        Assert.NotEmpty(what);
        ToolRun run = ToolRun.Command("ask", "escalation", "--dump", Dump(statements), "--format", "json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        string[] found = [.. json.RootElement.GetProperty("chains").EnumerateArray()
            .Select(one => string.Join(' ', one.EnumerateArray().Select(name => name.GetString()!.Split(':')[^1])))
                .Where(one => one.StartsWith("user/someone ", StringComparison.Ordinal))];
        Assert.Equal(chain.Length == 0 ? [] : [$"user/someone {chain}"], found);
        Assert.All(json.RootElement.GetProperty("steps").EnumerateArray(),
            step => Assert.All(step.GetProperty("witnesses").EnumerateArray(),
            witness => Assert.Equal(step.GetProperty("from").GetString(), witness.GetProperty("principal").GetString())));
        Assert.Equal(["arn:aws:iam::111122223333:role/runner", "arn:aws:iam::111122223333:user/admin"],
            json.RootElement.GetProperty("administrators").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void The_old_name_works_and_is_not_listed()
    {
        string dump = Dump("[]");
        Assert.Equal(ToolRun.Command("ask", "escalation", "--dump", dump).Output, ToolRun.Command("ask", "ways-up", "--dump", dump).Output);
        Assert.DoesNotContain("ways-up", ToolRun.Command("ask", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_policy_above_the_account_counts()
    {
        string dump = Dump("""[{"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": "*"}]""");
        string scp = folder.Write("scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": ["iam:CreateAccessKey", "iam:PutRolePolicy"], "Resource": "*"}]}""");
        ToolRun run = ToolRun.Command("ask", "escalation", "--dump", dump, "--scp", scp);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("0 of 4 users and roles can become administrators", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_shows_each_step_with_its_requests()
    {
        string text = ToolRun.Command("ask", "escalation", "--dump", Dump("""[{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/deployer"}]""")).Output;
        Assert.Contains("arn:aws:iam::111122223333:user/someone becomes an administrator in 2 steps\n  → arn:aws:iam::111122223333:role/deployer  by sts:AssumeRole\n", text, StringComparison.Ordinal);
        Assert.Contains("  → administrator  by iam:PutRolePolicy on itself\n", text, StringComparison.Ordinal);
        Assert.Contains("2 of 4 users and roles can become administrators; 2 already are.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lambda:UpdateFunctionCode", "by lambda:UpdateFunctionCode")]
    [InlineData("iam:CreatePolicyVersion", "by iam:CreatePolicyVersion")]
    [InlineData("iam:AddUserToGroup", "by iam:AddUserToGroup")]
    public void A_way_to_somebody_whom_the_dump_does_not_tell_is_open(string action, string shown)
    {
        ToolRun run = ToolRun.Command("ask", "escalation", "--dump", Dump($$"""[{"Effect": "Allow", "Action": "{{action}}", "Resource": "*"}]"""));
        Assert.Contains("arn:aws:iam::111122223333:user/someone may become more than it is; the dump does not tell whose roles or policies these are about\n  ? " + shown + "\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_is_well_formed_and_has_every_step_of_a_chain()
    {
        string dump = Dump("""[{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/deployer"}]""");
        var svg = XDocument.Parse(ToolRun.Command("ask", "escalation", "--dump", dump, "--format", "svg").Output);
        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("user/someone", texts);
        Assert.Contains("role/deployer", texts);
        Assert.Contains("administrator", texts);
        Assert.Contains("sts:AssumeRole", texts);
        string html = System.Net.WebUtility.HtmlDecode(ToolRun.Command("ask", "escalation", "--dump", dump, "--format", "html").Output);
        Assert.Contains("<svg ", html, StringComparison.Ordinal);
        Assert.Contains("<code>sts:AssumeRole</code> → <a href=\"#p2\"><code>arn:aws:iam::111122223333:role/deployer</code></a><div class=\"req\">arn:aws:iam::111122223333:user/someone · sts:AssumeRole", html, StringComparison.Ordinal);
        Assert.StartsWith("flowchart LR\n  b0[\"user/someone\"]\n", ToolRun.Command("ask", "escalation", "--dump", dump, "--format", "mermaid").Output,
            StringComparison.Ordinal);
        Assert.StartsWith("digraph escalation {\n", ToolRun.Command("ask", "escalation", "--dump", dump, "--format", "dot").Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Dump(string statements)
    {
        JsonObject Inline(string list) => new()
        {
            ["PolicyName"] = "p",
            ["PolicyDocument"] = JsonNode.Parse($$"""{"Version": "2012-10-17", "Statement": {{list}}}""")
        };
        JsonObject User(string name, string list) => new()
        {
            ["Path"] = "/",
            ["UserName"] = name,
            ["UserId"] = "AIDA"
            + name,
            ["Arn"] = $"arn:aws:iam::{Account}:user/{name}",
            ["UserPolicyList"] = new JsonArray(Inline(list)),
            ["GroupList"] = new JsonArray(),
            ["AttachedManagedPolicies"] = new JsonArray()
        };
        JsonObject Role(string name, string principal, string list) => new()
        {
            ["Path"] = "/",
            ["RoleName"] = name,
            ["RoleId"] = "AROA" + name,
            ["Arn"] = $"arn:aws:iam::{Account}:role/{name}",
            ["RolePolicyList"] = new JsonArray(Inline(list)),
            ["AttachedManagedPolicies"] = new JsonArray(),
            ["InstanceProfileList"] = new JsonArray(),
            ["AssumeRolePolicyDocument"] = JsonNode.Parse($$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {{principal}}, "Action": "sts:AssumeRole"}]}"""),
        };
        return folder.Write("dump.json", new JsonObject
        {
            ["UserDetailList"] = new JsonArray(User("someone", statements), User("admin", Everything)),
            ["GroupDetailList"] = new JsonArray(),
            ["RoleDetailList"] = new JsonArray(
                Role("runner", """{"Service": "lambda.amazonaws.com"}""", Everything),
                Role("deployer", $$"""{"AWS": "arn:aws:iam::{{Account}}:root"}""", """[{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "arn:aws:iam::111122223333:role/deployer"}]""")),
            ["Policies"] = new JsonArray(),
        }.ToJsonString());
    }
}
