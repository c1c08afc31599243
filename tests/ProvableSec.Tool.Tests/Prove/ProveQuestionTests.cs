using System.Text.Json;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Prove;

/// <summary>One question on the command line.</summary>
public sealed class ProveQuestionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string power, read, full, regions;

    public ProveQuestionTests()
    {
        power = folder.Write("power.json", """
            {"Version":"2012-10-17","Statement":{
              "Effect":"Allow",
              "NotAction":["iam:*"],
              "Resource":"*"}}
            """);
        read = folder.Write("read.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}}""");
        full = folder.Write("full.json", PolicyJson.Everything);
        regions = folder.Write("regions.json", """{"Version":"2012-10-17","Statement":{"Sid":"Regions","Effect":"Deny","Action":"account:*","Resource":"*"}}""");
    }

    public void Dispose() => folder.Dispose();

    private string Text(ToolRun run) => Timings.Removed(run.Output.Replace(folder["x"][..^1], "", StringComparison.Ordinal));

    [Fact]
    public void A_one_liner_writes_the_property()
    {
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "account:EnableRegion,iam:CreateRole");
        Assert.Equal(1, run.ExitCode);
        string text = Text(run);
        Assert.StartsWith("✗ not-granted  power.json  violated<time>\n    A request that gets through\n", text, StringComparison.Ordinal);
        Assert.Contains("Allowed by power.json:3 · statement 0\n", text, StringComparison.Ordinal);
        Assert.Contains("Would block it: \"account:*\" in NotAction; or a Deny of account:EnableRegion in this policy.\n", text, StringComparison.Ordinal);
        Assert.EndsWith("    If this is an identity policy; --type says what else it is.\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "not-granted", "--forbid", "iam:*")]
    [InlineData(3, "not-granted", "--forbid", "sts:AssumeRole", "--on", "arn:aws:iam::111122223333:user/x")]
    [InlineData(0, "granted", "--require", "s3:GetObject")]
    [InlineData(1, "granted", "--require", "iam:GetRole")]
    [InlineData(0, "can", "--action", "s3:PutObject")]
    [InlineData(0, "can", "--action", "s3:Put*", "--resource", "arn:aws:s3:::b/*", "--principal", "arn:aws:iam::111122223333:user/a")]
    [InlineData(1, "can", "--action", "iam:CreateRole")]
    [InlineData(1, "can", "--request", """{"action":{"like":"iam:*"}}""")]
    public void Questions_on_the_command_line(int exitCode, string question, params string[] options)
    {
        ToolRun run = ToolRun.Command(["prove", question, "--policy", power, .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_policy_that_the_resource_lacks_is_not_one_that_nobody_gave()
    {
        string identity = folder.Write("key-user.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}""");
        string[] question = ["prove", "not-granted", "--policy", identity, "--account", "111122223333", "--forbid", "kms:Decrypt"];
        ToolRun open = ToolRun.Command(question);
        Assert.NotEqual(0, open.ExitCode);
        ToolRun none = ToolRun.Command([.. question, "--no-resource-policy"]);
        Assert.Equal(0, none.ExitCode);
        Assert.Contains("no resource policy", none.Output, StringComparison.Ordinal);
        ToolRun both = ToolRun.Command([.. question, "--no-resource-policy", "--resource-policy", identity]);
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("exclude each other", both.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--principal", "arn:aws-foo:iam::111122223333:user/a", "in no partition that AWS has")]
    [InlineData("--resource", "arn:awscn:s3:::b/x", "in no partition that AWS has")]
    [InlineData("--resource", "b/x", "is not an ARN")]
    [InlineData("--resource", "arn:aws:s3", "is not an ARN")]
    [InlineData("--principal", "arn:aws-cn:iam::111122223333:user/a", null)]
    [InlineData("--resource", "arn:aws-us-gov:s3:::b/x", null)]
    [InlineData("--resource", "b/*", null)]
    public void Callers_and_resources_that_there_cannot_be_are_told(string option, string value, string? warning)
    {
        string output = ToolRun.Command("prove", "can", "--policy", full, "--action", "s3:GetObject", option, value).Output;
        Assert.Equal(warning is not null, output.Contains("so no request has it", StringComparison.Ordinal));
        Assert.Contains(warning ?? "", output, StringComparison.Ordinal);
        Assert.DoesNotContain("so no request has it", ToolRun.Command("prove", "can", "--policy", full, "--action", "s3:GetObject", option, value, "--world",
            "free").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_restricts_the_request()
    {
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", read, "--action", "s3:GetObject", "--context", "aws:SourceIp=203.0.113.9").ExitCode);
        Assert.NotEqual(0, ToolRun.Command("prove", "can", "--policy", read, "--action", "s3:GetObject", "--context", "aws:SourceIp=198.51.100.9").ExitCode);
    }

    [Fact]
    public void A_policy_is_compared_with_its_older_self()
    {
        Assert.Equal(0, ToolRun.Command("prove", "no-new-access", "--policy", read, "--baseline", full).ExitCode);
        ToolRun run = ToolRun.Command("prove", "no-new-access", "--policy", full, "--baseline", read);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("A request that the policy allows and the baseline does not", run.Output, StringComparison.Ordinal);
        Assert.Contains("    In the baseline:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("prove", "equivalent", "--policy", read, "--baseline", read).ExitCode);
    }

    [Fact]
    public void Stack_options_put_other_policies_beside_it()
    {
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "account:*", "--scp", $"{full},{regions}").ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "s3:PutObject", "--boundary", read).ExitCode);
        Assert.Equal(1, ToolRun.Command("prove", "not-granted", "--policy", read, "--identity", full, "--account", "111122223333", "--forbid",
            "s3:PutObject").ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "no-new-access", "--policy", power, "--baseline", full, "--scp", full).ExitCode);
    }

    [Fact]
    public void A_document_that_only_limits_is_explained_by_what_it_lets_through()
    {
        string old = folder.Write("old.json", """{"Version":"2012-10-17","Statement":{"Sid":"Queues","Effect":"Deny","Action":["sqs:*","sns:*"],"Resource":"*"}}""");
        string changed = folder.Write("changed.json", """{"Version":"2012-10-17","Statement":{"Sid":"Queues","Effect":"Deny","Action":"sns:*","Resource":"*"}}""");
        string[] question = ["prove", "no-new-access", "--policy", changed, "--baseline", old, "--type", "scp"];
        string text = Text(ToolRun.Command(question));
        Assert.Contains("    A request that the policy lets through and the baseline does not\n", text, StringComparison.Ordinal);
        Assert.Contains("    Nothing denies it.\n    In the baseline:\n    Denied by old.json:1 · statement 0 \"Queues\"\n", text, StringComparison.Ordinal);
        JsonElement answer = ToolRun.Command([.. question, "--format", "ndjson"]).Answers[0];
        Assert.StartsWith("let through: no statement denies it; in the baseline denied by statement 0 \"Queues\"",
            answer.GetProperty("explanation").GetString(), StringComparison.Ordinal);
        string alone = Text(ToolRun.Command("prove", "not-granted", "--policy", changed, "--type", "scp", "--forbid", "sqs:SendMessage"));
        Assert.Contains("    Nothing denies it.\n    Would block it: a Deny of sqs:SendMessage in this policy.\n", alone, StringComparison.Ordinal);
        Assert.DoesNotContain("No statement allows it", alone + text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_allows_nothing_is_remarked_on()
    {
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "s3:GetObject", "--scp", regions);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Holds, but says nothing", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning: no statement of --scp ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_the_answer_of_a_batch()
    {
        ToolRun indented = ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "iam:*", "--format", "json", "--type", "scp");
        JsonElement answer = JsonDocument.Parse(indented.Output).RootElement;
        Assert.Equal(("holds", "scp", "command line"), (answer.GetProperty("verdict").GetString(), answer.GetProperty("type").GetString(),
            answer.GetProperty("typeFrom").GetString()));
        Assert.Single(ToolRun.Command("prove", "not-granted", "--policy", power, "--forbid", "iam:*", "--format", "ndjson").Answers);
    }

    [Fact]
    public void A_file_may_hold_the_question()
    {
        string file = folder.Write("q.json", """
            {"id": "q", "question": "not-granted",
             "policy": "power.json", "forbidden": "regions.json"}
            """);
        ToolRun run = ToolRun.Command("prove", file);
        Assert.StartsWith("∅ q  ", run.Output, StringComparison.Ordinal);
        string broken = folder.Write("broken.json", """{"question": "not-granted",""" + "\n" + """ "policy": "none.json", "forbidden": "regions.json"}""");
        ToolRun refused = ToolRun.Command("prove", broken);
        Assert.Equal(2, refused.ExitCode);
        Assert.Empty(refused.OutputBytes);
        Assert.Contains("broken.json:2:12: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_may_come_through_standard_input() =>
        Assert.Equal(0, ToolRun.Of(File.ReadAllText(power), "prove", "not-granted", "--policy", "-", "--forbid", "iam:*").ExitCode);

    [Fact]
    public void A_broken_policy_is_exit_2_with_its_place()
    {
        string broken = folder.Write("broken.json", "{\n  \"Statement\": [}");
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", broken, "--forbid", "iam:*");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.Contains("broken.json:2:17: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-granted --policy none.json --forbid s3:*", "none.json does not exist")]
    [InlineData("not-granted --policy FULL --forbid s3", "--forbid: ")]
    [InlineData("not-granted --policy FULL --forbid s3:* --on nonsense", "--on: ")]
    [InlineData("can --policy FULL --action Get", "--action: \"Get\" is not an action")]
    [InlineData("can --policy FULL --principal me", "--principal: ")]
    [InlineData("can --policy FULL --request {\"actoin\":1}", "--request:2: ")]
    [InlineData("can --policy FULL --request {", "--request:")]
    public void What_cannot_be_read_is_exit_2(string commandLine, string message)
    {
        ToolRun run = ToolRun.Command(["prove", .. commandLine.Split(' ').Select(word => word == "FULL" ? full : word)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected a question")]
    [InlineData("not-grnted --policy FULL --forbid s3:*", "did you mean not-granted?")]
    [InlineData("frobnicate", "is neither a question nor a file")]
    [InlineData("not-granted", "not-granted needs --policy FILE")]
    [InlineData("not-granted --policy FULL", "not-granted needs --forbidden FILE, or --forbid ACTIONS")]
    [InlineData("granted --policy FULL", "granted needs --required FILE, or --require ACTIONS")]
    [InlineData("granted --policy FULL --forbid s3:*", "granted does not read --forbid")]
    [InlineData("not-granted --policy FULL --required FULL --forbid s3:*", "not-granted does not read --required")]
    [InlineData("not-granted --policy FULL --forbidden FULL --forbid s3:*", "exclude each other")]
    [InlineData("not-granted --policy FULL --forbidden FULL --on x", "--on goes with --forbid")]
    [InlineData("no-new-access --policy FULL", "no-new-access needs --baseline FILE")]
    [InlineData("can --policy FULL", "can needs --action")]
    [InlineData("can --policy FULL --action s3:GetObject --on x", "can does not read --on")]
    [InlineData("can --policy FULL --context nonsense", "--context must be KEY=VALUE")]
    [InlineData("can --policy FULL --action s3:GetObject --account 12", "--account must be the twelve digits")]
    [InlineData("can --policy FULL --action s3:GetObject --account 111122223333 --type scp", "--type is for a policy that stands alone")]
    [InlineData("can --policy FULL --action s3:GetObject --type spc", "'scp'")]
    [InlineData("can --policy FULL --action s3:GetObject --world mars", "'free'")]
    [InlineData("can --policy FULL --action s3:GetObject --without luck", "'linked-keys'")]
    [InlineData("can --policy FULL --action s3:GetObject --budget 0", "--budget must be a positive whole number")]
    [InlineData("can --policy FULL --action s3:GetObject --budget many", "many")]
    [InlineData("can --policy FULL --action s3:GetObject --timeout -1", "")]
    [InlineData("can --policy FULL --action s3:GetObject --readings some", "'default'")]
    [InlineData("can --policy FULL --action s3:GetObject --undecided maybe", "'pass'")]
    [InlineData("can --policy FULL --action s3:GetObject --fail-on odd", "'never'")]
    [InlineData("can --policy FULL --action s3:GetObject --format sarif", "'ndjson'")]
    [InlineData("can --policy FULL --action s3:GetObject --jobs 0", "--jobs must be between")]
    [InlineData("can --policy FULL --frobnicate", "frobnicate")]
    [InlineData("--batch", "--batch")]
    [InlineData("--batch - --format json", "ndjson or text")]
    [InlineData("can --batch -", "the questions are in the file")]
    [InlineData("--batch - --policy FULL", "the questions are in the file")]
    [InlineData("q.json --policy FULL", "q.json holds the question")]
    public void Bad_usage_is_exit_2_with_nothing_on_stdout(string commandLine, string message)
    {
        ToolRun run = ToolRun.Command(["prove", .. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "FULL" ? full : word)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.StartsWith("provablesec: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify a b")]
    [InlineData("verify --frobnicate")]
    [InlineData("verify --only")]
    [InlineData("verify --jobs 0")]
    [InlineData("verify --format yaml")]
    [InlineData("verify --fail-on odd")]
    [InlineData("verify --undecided maybe")]
    [InlineData("verify --budget 0")]
    [InlineData("verify --timeout 0")]
    [InlineData("verify --readings some")]
    public void Bad_usage_of_verify_is_exit_2_with_nothing_on_stdout(string commandLine)
    {
        ToolRun run = ToolRun.Command(commandLine.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.StartsWith("provablesec: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_limit_says_that_it_was_one()
    {
        // At most this many alternatives take longer than a millisecond on any machine, the first time at least.
        string[] patterns = [.. Enumerable.Range(0, 400).Select(i => $"\"s3:*{(char)('a' + (i % 26))}*{i}*\"")];
        string large = folder.Write("large.json", $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[{{string.Join(',', patterns)}}],"Resource":"*"} }""");
        ToolRun run = ToolRun.Command("prove", "equivalent", "--policy", large, "--baseline", power, "--timeout", "1", "--format", "json");
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        if (answer.GetProperty("verdict").GetString() == "unknown")
        {
            Assert.Equal("not decided within --timeout 1 ms on this machine", answer.GetProperty("reason").GetString());
            Assert.Equal(3, run.ExitCode);
        }
    }
}
