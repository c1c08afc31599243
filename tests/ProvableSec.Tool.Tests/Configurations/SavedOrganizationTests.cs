using System.Text.Json;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>An organization from a folder: answers of <c>aws organizations</c>, or what iam-collect stores.</summary>
public sealed class SavedOrganizationTests : IDisposable
{
    private const string Root = "r-ab12", Work = "ou-ab12-11111111", Sand = "ou-ab12-22222222", Full = "p-FullAWSAccess", Guardrails = "p-1111aaaa";

    private const string Members = """
        "organization": "org", "stacks": {"roles": {"each": "role", "files": "dumps/*.json"}},
        "properties": [{"id": "stop", "says": "Nobody but Admin stops the trail", "question": "not-granted", "stacks": ["roles"], "forbidden": "stop.json", "except": "*:role/Admin"}]
        """;

    private readonly OrganizationFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Answers_of_the_command_line_bind_the_accounts_below()
    {
        Answers();
        ToolRun run = folder.Verify(Members);
        Assert.Equal("", run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"(stack roles/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Operator)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(OrganizationFolder.Guarded, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_iam_collect_stores_binds_them_as_well()
    {
        string top = Collected();
        foreach (string named in (string[])["org", "org/aws", "org/aws/aws", top])
        {
            ToolRun run = folder.Verify(Members.Replace("\"org\"", $"\"{named}\"", StringComparison.Ordinal));
            Assert.Equal("", run.Error);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"(stack roles/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Operator)", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(OrganizationFolder.Guarded, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Init_links_a_folder_that_it_finds()
    {
        File.Delete(folder["organization.json"]);
        Answers();
        Assert.Equal("org", Linked());
        Assert.Equal("", ToolRun.Command("verify", folder["provablesec.json"]).Error);
        File.Delete(folder["provablesec.json"]);
        File.Delete(folder["provablesec.md"]);
        foreach (string file in Directory.GetFiles(folder["org"]))
        {
            File.Delete(file);
        }

        Assert.Equal(Collected(), Linked());
        Assert.Equal("", ToolRun.Command("verify", folder["provablesec.json"]).Error);

        string? Linked()
        {
            ToolRun run = ToolRun.Command("init", folder[""]);
            Assert.Equal("", run.Error);
            Assert.Contains("1 organization", run.Output, StringComparison.Ordinal);
            return JsonDocument.Parse(File.ReadAllText(folder["provablesec.json"])).RootElement.GetProperty("organization").GetString();
        }
    }

    [Fact]
    public void Ask_reads_the_same_folders()
    {
        Answers();
        ToolRun run = ToolRun.Command("ask", "who-can", "cloudtrail:StopLogging", "--dump", folder["dumps/work.json"], "--organization", folder["org"]);
        Assert.Equal("", run.Error);
        Assert.Contains("role/Admin", run.Output, StringComparison.Ordinal);
        Assert.Matches("role/Operator.*\n +stopped +by ", run.Output.ReplaceLineEndings("\n"));
        Assert.DoesNotMatch("role/Operator.*\n +may ", run.Output.ReplaceLineEndings("\n"));
        File.Delete(folder["org/list-roots.json"]);
        ToolRun none = ToolRun.Command("ask", "who-can", "cloudtrail:StopLogging", "--dump", folder["dumps/work.json"], "--organization", folder["org"]);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("has no answer of aws organizations list-roots (*.json) and no ous.json of iam-collect", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_management_account_is_bound_by_none()
    {
        Answers();
        folder.Write($"org/list-accounts-for-parent.{Root}.json", List("Accounts", Id(OrganizationFolder.Management)));
        folder.Write("dumps/management.json", OrganizationFolder.Dump(OrganizationFolder.Management, "Operator"));
        folder.Write($"org/list-accounts-for-parent.{Sand}.json", List("Accounts"));
        File.Delete(folder["dumps/sandbox.json"]);
        ToolRun run = folder.Verify(Members);
        Assert.Equal("", run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"(stack roles/arn:aws:iam::{OrganizationFolder.Management}:role/Operator)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"list-organizational-units-for-parent.{Work}.json", $"list-organizational-units-for-parent.{Root}.json", $"which units lie in {Work} is not in the folder; aws organizations list-organizational-units-for-parent --parent-id {Work} > list-organizational-units-for-parent.{Work}.json")]
    [InlineData($"list-accounts-for-parent.{Sand}.json", $"list-organizational-units-for-parent.{Root}.json", $"which accounts lie in {Sand} is not in the folder; aws organizations list-accounts-for-parent --parent-id {Sand} > list-accounts-for-parent.{Sand}.json")]
    [InlineData($"list-policies-for-target.{Work}.scp.json", $"list-organizational-units-for-parent.{Root}.json", $"which SCPs are attached to {Work} is not in the folder; aws organizations list-policies-for-target --target-id {Work} --filter SERVICE_CONTROL_POLICY > list-policies-for-target.{Work}.scp.json")]
    [InlineData($"describe-policy.{Guardrails}.json", $"list-policies-for-target.{Work}.scp.json", $"the text of {Guardrails} is not in the folder; aws organizations describe-policy --policy-id {Guardrails} > describe-policy.{Guardrails}.json")]
    public void An_answer_that_is_not_there_is_exit_2_where_it_is_missed(string deleted, string missedIn, string message)
    {
        Answers();
        File.Delete(folder["org/" + deleted]);
        AssertRefused($"org/{missedIn}", message);
    }

    [Theory]
    [InlineData("list-roots.json", "{\n \"Roots\": 1}", "Roots must be an array, as the AWS CLI prints it")]
    [InlineData("list-roots.json", "{\n \"Roots\": [", "")]
    [InlineData("list-roots.json", "{\n \"Roots\": [{\"Id\": \"x\", \"Arn\": \"arn:aws:organizations::999988887777:root/o-example/r-ab12\"}]}", "\"x\" is not the id of a root (r-…)")]
    [InlineData("list-roots.json", "{\n \"Roots\": [{\"Id\": \"r-ab12\", \"Arn\": \"arn\"}]}",
        "are not an organization's id (o-…) and its management account of twelve digits")]
    [InlineData("describe-organization.json", "{\n \"Organization\": {\"Id\": \"o-another\", \"MasterAccountId\": \"999988887777\"}}",
        "keep each organization in a folder of its own")]
    [InlineData("list-accounts.json", "{\n \"Accounts\": []}", "an answer of list-accounts-for-parent does not say which parent-id it is about, and neither does the name of this file; call it list-accounts-for-parent.ID.json")]
    [InlineData($"list-accounts-for-parent.{Work}.{Sand}.json", "{\n \"Accounts\": []}", $"the name of this file has {Work} and {Sand}")]
    [InlineData($"list-accounts-for-parent.{Work}.json", "{\n \"Accounts\": [{\"Id\": \"12\"}]}", "\"12\" is not an account of twelve digits")]
    [InlineData($"list-accounts-for-parent.{Work}.json", "{\n \"Accounts\": [{}]}", "this has no Id; save the answer as the AWS CLI prints it (--output json)")]
    [InlineData($"list-accounts-for-parent.{Work}.json", "{\n \"NextToken\": \"more\", \"Accounts\": []}",
        "this is one page of an answer, and the rest is not known")]
    [InlineData($"list-accounts-for-parent.{Root}.json", $"{{\n \"Accounts\": [{{\"Id\": \"{OrganizationFolder.Guarded}\"}}]}}",
        $"{OrganizationFolder.Guarded} lies in {Root} here, and in {Work} in ")]
    [InlineData($"list-organizational-units-for-parent.{Sand}.json", $"{{\n \"OrganizationalUnits\": [{{\"Id\": \"{Work}\"}}]}}",
        $"{Work} lies in {Root} here, and in {Sand} in ")]
    [InlineData($"describe-policy.{Guardrails}.json", $"{{\n \"Policy\": {{\"PolicySummary\": {{\"Id\": \"{Guardrails}\", \"Type\": \"SERVICE_CONTROL_POLICY\"}}, \"Content\": \"{{}}\"}}}}", "Statement")]
    [InlineData("other.json", "{\n \"Tags\": []}", "this is not an answer of aws organizations list-roots")]
    public void A_mistake_in_an_answer_is_exit_2_with_its_place(string file, string text, string message)
    {
        Answers();
        folder.Write("org/" + file, text);
        ToolRun run = folder.Verify(Members);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"org/[a-z0-9.-]+\.json:[0-9]+:[0-9]+: ", run.Error);
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata.json", "{\n}", "metadata.json:1:1: this has no id")]
    [InlineData("accounts.json", "{\n\"1\": {\"ou\": \"r-ab12\", \"scps\": []}}", "accounts.json:2:1: \"1\" is not an account of twelve digits")]
    [InlineData("accounts.json", "{\n\"111122223333\": {\"ou\": \"ou-gone\", \"scps\": [\"arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess\"]}}", "accounts.json:2:1: 111122223333 lies below ou-gone, of which nothing says where it lies")]
    [InlineData("accounts.json", "{\n\"111122223333\": {\"ou\": \"r-ab12\", \"scps\": []}}", "accounts.json:2:1: no SCP is attached to 111122223333")]
    [InlineData("accounts.json", "{\n\"111122223333\": {\"ou\": \"r-ab12\", \"scps\": [\"x/../../p\"]}}", "accounts.json:2:")]
    [InlineData("accounts.json", "{\n\"111122223333\": {\"ou\": \"r-ab12\", \"scps\": [\"x/p..\"]}}", "\"x/p..\" is not the ARN of a control policy")]
    [InlineData("ous.json", "{\n\"r-ab12\": {\"scps\": []}, \"ou-a\": {\"parent\": \"ou-b\", \"scps\": []}, \"ou-b\": {\"parent\": \"ou-a\", \"scps\": []}, \"ou-ab12-11111111\": {\"parent\": \"ou-a\", \"scps\": []}, \"ou-ab12-22222222\": {\"parent\": \"ou-a\", \"scps\": []}}", "lies below itself; a unit lies in one place, from the root down")]
    [InlineData("scps/p-1111aaaa/policy.json", "{\n\"Statement\": 1}", "scps/p-1111aaaa/policy.json:2:")]
    public void A_mistake_in_what_iam_collect_stored_is_exit_2_with_its_place(string file, string text, string message)
    {
        string top = Collected();
        folder.Write($"{top}/{file}", text);
        ToolRun run = folder.Verify(Members);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_iam_collect_did_not_store_is_told_where_it_is_attached()
    {
        string top = Collected();
        File.Delete(folder[$"{top}/scps/{Guardrails}/policy.json"]);
        AssertRefused($"{top}/ous.json", $"scps/{Guardrails}/policy.json does not exist");
    }

    [Fact]
    public void Two_organizations_in_one_folder_are_not_mixed()
    {
        Collected();
        folder.Write("org/aws/aws/organizations/o-another/ous.json", "{}");
        ToolRun run = folder.Verify(Members);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("org has more than one organization", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"provablesec\.json:1:\d+: ", run.Error);
    }

    [Fact]
    public void Control_policies_that_are_switched_off_bind_nobody()
    {
        string top = Collected();
        folder.Write($"{top}/metadata.json", Metadata(scps: false));
        ToolRun run = folder.Verify(Members);
        Assert.Equal("", run.Error);
        Assert.Contains($"role/Operator, of 2 stacks", run.Output.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_control_policy_denies_below_its_target_only()
    {
        Answers(rcps: true);
        folder.Write("buckets/a.json", Bucket("a"));
        // An RCP binds no service-linked role, so that the question is about one caller.
        const string Read = """ "question": "not-granted", "stacks": ["buckets"], "request": {"principal": "arn:aws:iam::123123123123:role/other"}, "forbidden": "get.json" """;
        folder.Write("get.json", Verify.VerifyFolder.Property("s3:GetObject"));
        string Members(string account) => $$"""
            "organization": "org", "stacks": {"buckets": {"each": "resource", "files": "buckets/*.json", "account": "{{account}}"} }, "properties": [{"id": "read", {{Read}}, "vacuous": "allow"}]
            """;
        ToolRun guarded = folder.Verify(Members(OrganizationFolder.Guarded));
        Assert.Equal("", guarded.Error);
        Assert.Equal(0, guarded.ExitCode);
        Assert.Equal(1, folder.Verify(Members(OrganizationFolder.Sandbox)).ExitCode);
    }

    private static string Bucket(string name) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{name}}/*"}]}""";

    private static string List(string name, params string[] items) => $$"""{"{{name}}": [{{string.Join(", ", items)}}]}""";

    private static string Id(string id) => $$"""{"Id": "{{id}}"}""";

    private static string Attached(string id, string type) => $$"""{"Id": "{{id}}", "Arn": "arn:aws:organizations::aws:policy/{{id}}", "Name": "a", "Type": "{{type}}", "AwsManaged": false}""";

    private static string Described(string id, string type, string content) =>
        $$"""{"Policy": {"PolicySummary": {{Attached(id, type)}}, "Content": {{JsonSerializer.Serialize(content)}} } }""";

    private static string Metadata(bool scps) => $$"""
        {"id": "o-example", "arn": "arn:aws:organizations::{{OrganizationFolder.Management}}:organization/o-example", "rootOu": "{{Root}}", "rootAccountId": "{{OrganizationFolder.Management}}",
         "features": {"SERVICE_CONTROL_POLICY": {{(scps ? "true" : "false")}}, "RESOURCE_CONTROL_POLICY": false} }
        """;

    private void Answers(bool rcps = false)
    {
        const string Scp = "SERVICE_CONTROL_POLICY", Rcp = "RESOURCE_CONTROL_POLICY";
        string enabled = $$"""{"Type": "{{Scp}}", "Status": "ENABLED"}""" + (rcps ? $$""", {"Type": "{{Rcp}}", "Status": "ENABLED"}""" : "");
        folder.Write("org/list-roots.json", $$"""
            {"Roots": [{"Id": "{{Root}}", "Arn": "arn:aws:organizations::{{OrganizationFolder.Management}}:root/o-example/{{Root}}", "Name": "Root", "PolicyTypes": [{{enabled}}]}]}
            """);
        folder.Write($"org/list-organizational-units-for-parent.{Root}.json", List("OrganizationalUnits", Id(Work), Id(Sand)));
        folder.Write($"org/list-accounts-for-parent.{Root}.json", List("Accounts"));
        foreach ((string unit, string account) in ((string, string)[])[(Work, OrganizationFolder.Guarded), (Sand, OrganizationFolder.Sandbox)])
        {
            folder.Write($"org/list-organizational-units-for-parent.{unit}.json", List("OrganizationalUnits"));
            folder.Write($"org/list-accounts-for-parent.{unit}.json", List("Accounts", Id(account)));
        }

        foreach (string target in (string[])[Root, Work, Sand, OrganizationFolder.Guarded, OrganizationFolder.Sandbox])
        {
            folder.Write($"org/list-policies-for-target.{target}.scp.json",
                List("Policies", [Attached(Full, Scp), .. target == Work ? (string[])[Attached(Guardrails, Scp)] : []]));
            if (rcps)
            {
                folder.Write($"org/list-policies-for-target.{target}.rcp.json",
                    List("Policies", [Attached("p-RCPFullAWSAccess", Rcp), .. target == Work ? (string[])[Attached("p-2222bbbb", Rcp)] : []]));
            }
        }

        folder.Write($"org/describe-policy.{Guardrails}.json", Described(Guardrails, Scp, File.ReadAllText(folder["scps/guardrails.json"])));
        folder.Write("org/describe-policy.p-2222bbbb.json", Described("p-2222bbbb", Rcp, """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"""));
    }

    /// <summary>What iam-collect writes; the folder of the organization.</summary>
    private string Collected()
    {
        const string Top = "org/aws/aws/organizations/o-example";
        string Policies(string id) => $"\"arn:aws:organizations::{OrganizationFolder.Management}:policy/o-example/service_control_policy/{id}\"";
        string Of(string members, params string[] policies) => $$"""{ {{members}} "scps": [{{string.Join(", ", policies.Select(Policies))}}], "rcps": [], "s3Policies": []}""";
        folder.Write(Top + "/metadata.json", Metadata(scps: true));
        folder.Write(Top + "/ous.json", $$"""
            {"{{Root}}": {{Of("", Full)}}, "{{Work}}": {{Of($"\"parent\": \"{Root}\",", Full, Guardrails)}}, "{{Sand}}": {{Of($"\"parent\": \"{Root}\",", Full)}} }
            """);
        folder.Write(Top + "/accounts.json", $$"""
            {"{{OrganizationFolder.Guarded}}": {{Of($"\"ou\": \"{Work}\",", Full)}}, "{{OrganizationFolder.Sandbox}}": {{Of($"\"ou\": \"{Sand}\",", Full)}} }
            """);
        folder.Write($"{Top}/scps/{Guardrails}/policy.json", File.ReadAllText(folder["scps/guardrails.json"]));
        folder.Write($"{Top}/scps/{Full.ToLowerInvariant()}/policy.json", File.ReadAllText(folder["scps/full.json"]));
        return Top;
    }

    private void AssertRefused(string file, string message)
    {
        ToolRun run = folder.Verify(Members);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(System.Text.RegularExpressions.Regex.Escape(file) + @":\d+:\d+: ", run.Error);
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
    }
}
