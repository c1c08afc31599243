using System.Text.Json;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>What changes in an organization, whether it is a file, a folder with answers of <c>aws organizations</c>, or one that iam-collect wrote: attached,
/// detached, moved.</summary>
public sealed class SavedOrganizationDiffTests : IDisposable
{
    private const string Root = "r-ab12", Work = "ou-ab12-11111111", Sand = "ou-ab12-22222222", Account = "111122223333", Other = "222233334444",
        Management = "999988887777";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Forms => ["file", "answers", "collected"];

    public void Dispose() => folder.Dispose();

    /// <summary>A policy that is written where it is attached is called by its statements, and without a name of theirs as far as a line holds it.</summary>
    [Theory]
    [InlineData(""" "Sid":"NoLeave", """, "the SCP with \"NoLeave\" no longer applies to it")]
    [InlineData("", "the SCP {\"Version\":\"2012-10-17\",\"Statement\":{ \"Effect\":\"Deny\",\"Acti… no longer applies to it")]
    public void A_policy_without_a_file_is_called_by_its_statements(string sid, string told)
    {
        string deny = $$"""{"Version":"2012-10-17","Statement":{{{sid}} "Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"} }""";
        foreach ((string side, string unit) in (ReadOnlySpan<(string, string)>)[("before", Work), ("after", Sand)])
        {
            folder.Write($"{side}/organization.json", $$$"""
                {"organization":{"id":"o-a1b2c3d4e5","managementAccount":"{{{Management}}}","accounts":{"{{{Account}}}":"o-a1b2c3d4e5/{{{Root}}}/{{{unit}}}/"} },
                 "serviceControlPolicies":{"{{{Root}}}":[{{{PolicyJson.Everything}}}],"{{{Work}}}":[{{{PolicyJson.Everything}}},{{{deny}}}],"{{{Sand}}}":[{{{PolicyJson.Everything}}}]} }
                """);
        }

        Assert.Contains(told, ToolRun.Command("diff", folder["before"], folder["after"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Nothing_changes(string form)
    {
        ToolRun run = Diff(form, new Tree(), new Tree());
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(Changes(run));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_SCP_that_is_detached_no_longer_stops(string form)
    {
        ToolRun run = Diff(form, new Tree(), new Tree { [Work] = ["full"] });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(("detached", "scp"), (change.GetProperty("change").GetString(), change.GetProperty("type").GetString()));
        Assert.Matches($@"^(Work \({Work}\)|{Work}): SCP (scps/)?regions", change.GetProperty("owner").GetString());
        JsonElement line = Assert.Single(change.GetProperty("added").EnumerateArray());
        Assert.Equal(("let-through", "may ec2:RunInstances on *"), (line.GetProperty("kind").GetString(), line.GetProperty("says").GetString()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_SCP_that_is_attached_stops(string form)
    {
        ToolRun run = Diff(form, new Tree(), new Tree { [Root] = ["full", "trail"] });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("attached", change.GetProperty("change").GetString());
        Assert.Equal("may cloudtrail:StopLogging on *", Assert.Single(change.GetProperty("removed").EnumerateArray()).GetProperty("says").GetString());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_RCP_that_is_detached_no_longer_stops(string form)
    {
        ToolRun run = Diff(form, new Tree { Perimeter = [Root] }, new Tree());
        JsonElement change = Assert.Single(Changes(run), one => one.GetProperty("change").GetString() == "detached");
        Assert.Equal("rcp", change.GetProperty("type").GetString());
        Assert.Contains("RCP", change.GetProperty("owner").GetString(), StringComparison.Ordinal);
        Assert.Contains("s3:", Assert.Single(change.GetProperty("added").EnumerateArray()).GetProperty("says").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_account_that_moves_is_no_longer_bound(string form)
    {
        ToolRun run = Diff(form, new Tree(), new Tree { At = Sand });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(("moved", "account"), (change.GetProperty("change").GetString(), change.GetProperty("type").GetString()));
        Assert.Matches($@"^account (Shop \({Account}\)|{Account})$", change.GetProperty("owner").GetString());
        Assert.Equal("may ec2:RunInstances on *", Assert.Single(change.GetProperty("added").EnumerateArray()).GetProperty("says").GetString());
        string text = Diff(form, new Tree(), new Tree { At = Sand }, "text").Output;
        Assert.Matches($@"account (Shop \()?{Account}\)?  moved from (Work \()?{Work}\)? to (Sand \()?{Sand}\)?: the SCP (scps/)?regions(\.scp\.json)? no longer applies to it\n", text);
        // The way back takes that away.
        JsonElement back = Assert.Single(Changes(Diff(form, new Tree { At = Sand }, new Tree())));
        Assert.Contains("now applies to it", back.GetProperty("remark").GetString(), StringComparison.Ordinal);
        Assert.Empty(back.GetProperty("added").EnumerateArray());
        Assert.Single(back.GetProperty("removed").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_account_that_leaves_is_bound_by_nothing(string form)
    {
        ToolRun run = Diff(form, new Tree { [Root] = ["full", "trail"] }, new Tree { [Root] = ["full", "trail"], At = null });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("out of the organization: the SCP ", change.GetProperty("remark").GetString(), StringComparison.Ordinal);
        Assert.Equal(["may cloudtrail:StopLogging on *", "may ec2:RunInstances on *"],
            change.GetProperty("added").EnumerateArray().Select(line => line.GetProperty("says").GetString()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_move_between_units_with_lists_of_what_is_allowed_is_proved_level_by_level(string form)
    {
        // At the root S3 and EC2, in one unit S3 and SQS: together S3; in the other EC2 and SQS: together EC2.
        ToolRun run = Diff(form, new Tree { [Root] = ["s3ec2"], [Work] = ["s3sqs"], [Sand] = ["ec2sqs"] },
            new Tree { [Root] = ["s3ec2"], [Work] = ["s3sqs"], [Sand] = ["ec2sqs"], At = Sand });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(["may ec2:* on *"], change.GetProperty("added").EnumerateArray().Select(line => line.GetProperty("says").GetString()));
        Assert.Equal(["may s3:* on *"], change.GetProperty("removed").EnumerateArray().Select(line => line.GetProperty("says").GetString()));
        Assert.All(change.GetProperty("added").EnumerateArray(), line => Assert.Equal("let-through", line.GetProperty("kind").GetString()));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_move_to_where_the_same_applies_changes_nothing(string form)
    {
        var bound = new Tree { [Sand] = ["full", "regions"] };
        ToolRun run = Diff(form, bound, new Tree { [Sand] = ["full", "regions"], At = Sand });
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("where the same control policies apply", change.GetProperty("remark").GetString(), StringComparison.Ordinal);
        Assert.Empty(change.GetProperty("added").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_change_of_an_SCP_itself_is_said_with_it(string form)
    {
        Tree changed = new();
        changed.Policies["regions"] = Deny("ec2:TerminateInstances");
        ToolRun run = Diff(form, new Tree(), changed);
        JsonElement change = Assert.Single(Changes(run));
        Assert.Equal(("changed", "scp"), (change.GetProperty("change").GetString(), change.GetProperty("type").GetString()));
        JsonElement line = Assert.Single(change.GetProperty("added").EnumerateArray());
        Assert.Equal(("let-through", "may ec2:RunInstances on *"), (line.GetProperty("kind").GetString(), line.GetProperty("says").GetString()));
    }

    [Theory]
    [InlineData("answers", "describe-policy.p-regions1.json", "the text of p-regions1 is not in the folder")]
    [InlineData("answers", "list-policies-for-target.ou-ab12-11111111.scp.json", "which SCPs are attached to ou-ab12-11111111 is not in the folder")]
    [InlineData("collected", "accounts.json", "is missing")]
    [InlineData("collected", "scps/p-regions1/policy.json", "does not exist")]
    public void What_is_not_all_there_is_unknown(string form, string deleted, string message)
    {
        Write("old", form, new Tree());
        Write("new", form, new Tree());
        File.Delete(folder["new/org/" + deleted]);
        ToolRun run = ToolRun.Command("diff", folder["old"], folder["new"]);
        // A policy that goes is access that comes, whatever else is not known.
        Assert.Equal(deleted.Contains("regions", StringComparison.Ordinal) ? 1 : 3, run.ExitCode);
        Assert.Contains("the organization in it cannot be read", run.Output, StringComparison.Ordinal);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_says_where_an_account_moves()
    {
        string text = Diff("answers", new Tree(), new Tree { At = Sand }, "markdown").Output;
        Assert.Contains($"`moved from Work ({Work}) to Sand ({Sand}): the SCP regions no longer applies to it`", text, StringComparison.Ordinal);
    }

    private static string Deny(string actions) => $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": {{JsonSerializer.Serialize(actions.Split(' '))}}, "Resource": "*"}]}""";

    private static string Allow(string actions) => Deny(actions).Replace("Deny", "Allow", StringComparison.Ordinal);

    private static JsonElement[] Changes(ToolRun run) => [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("changes").EnumerateArray()];

    private ToolRun Diff(string form, Tree before, Tree after, string format = "json")
    {
        Write("old", form, before);
        Write("new", form, after);
        return ToolRun.Command("diff", folder["old"], folder["new"], "--format", format);
    }

    private void Write(string side, string form, Tree tree)
    {
        if (Directory.Exists(folder[side]))
        {
            Directory.Delete(folder[side], recursive: true);
        }

        switch (form)
        {
            case "file":
                WriteFile(side, tree);
                break;
            case "answers":
                WriteAnswers(side + "/org/", tree);
                break;
            default:
                WriteCollected(side + "/org/", tree);
                break;
        }
    }

    private void WriteFile(string side, Tree tree)
    {
        Dictionary<string, string> accounts = tree.Accounts.ToDictionary(account => account.Account, account =>
            $"o-example/{(account.At == Root ? "" : Root + "/")}{account.At}/");
        folder.Write(side + "/organization.json", JsonSerializer.Serialize(new
        {
            organization = new { id = "o-example", managementAccount = Management, accounts },
            serviceControlPolicies = tree.Attached.ToDictionary(one => one.Key, one => one.Value.Select(name => $"scps/{name}.scp.json")),
            resourceControlPolicies = tree.Perimeter.ToDictionary(target => target, _ => (string[])["rcps/perimeter.rcp.json"]),
        }));
        foreach ((string name, string text) in tree.Policies)
        {
            folder.Write(name == "perimeter" ? $"{side}/rcps/{name}.rcp.json" : $"{side}/scps/{name}.scp.json", text);
        }
    }

    private void WriteAnswers(string top, Tree tree)
    {
        folder.Write(top + "list-roots.json", $$$"""
            {"Roots": [{"Id": "{{{Root}}}", "Arn": "arn:aws:organizations::{{{Management}}}:root/o-example/{{{Root}}}", "Name": "Root",
              "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}, {"Type": "RESOURCE_CONTROL_POLICY", "Status": "ENABLED"}]}]}
            """);
        foreach (string parent in (string[])[Root, Work, Sand])
        {
            folder.Write($"{top}list-organizational-units-for-parent.{parent}.json", JsonSerializer.Serialize(new
            {
                OrganizationalUnits = parent == Root ? (object[])[new { Id = Work, Name = "Work" }, new { Id = Sand, Name = "Sand" }] : [],
            }));
            folder.Write($"{top}list-accounts-for-parent.{parent}.json", JsonSerializer.Serialize(new
            {
                Accounts = tree.Accounts.Where(account => account.At == parent)
                    .Select(account => new { Id = account.Account, Name = account.Account == Account ? "Shop" : "Other" }),
            }));
        }

        foreach ((string target, string[] names) in tree.Attached)
        {
            folder.Write($"{top}list-policies-for-target.{target}.scp.json",
                JsonSerializer.Serialize(new { Policies = names.Select(name => new { Id = IdOf(name), Type = "SERVICE_CONTROL_POLICY" }) }));
        }

        foreach (string target in tree.Attached.Keys)
        {
            folder.Write($"{top}list-policies-for-target.{target}.rcp.json", JsonSerializer.Serialize(new
            {
                Policies = (tree.Perimeter.Contains(target) ? (string[])["p-RCPFullAWSAccess", IdOf("perimeter")] : ["p-RCPFullAWSAccess"])
                    .Select(id => new { Id = id, Type = "RESOURCE_CONTROL_POLICY" }),
            }));
        }

        foreach ((string name, string text) in tree.Policies.Where(policy => policy.Key != "full"))
        {
            folder.Write($"{top}describe-policy.{IdOf(name)}.json", JsonSerializer.Serialize(new
            {
                Policy = new
                {
                    PolicySummary = new
                    {
                        Id = IdOf(name),
                        Name = name,
                        Type = name == "perimeter" ? "RESOURCE_CONTROL_POLICY"
                    : "SERVICE_CONTROL_POLICY"
                    },
                    Content = text
                },
            }));
        }
    }

    private void WriteCollected(string top, Tree tree)
    {
        string Arn(string name) => $"arn:aws:organizations::{Management}:policy/o-example/service_control_policy/{IdOf(name)}";
        object Of(string? parent, string target, string? name) => new Dictionary<string, object?>
        {
            ["parent"] = parent,
            ["ou"] = parent,
            ["name"] = name,
            ["scps"] = tree.Attached[target].Select(Arn),
            ["rcps"] = tree.Perimeter.Contains(target) ? (string[])[Arn("perimeter")]
                : ["arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess"],
        }.Where(member => member.Value is not null).ToDictionary();
        folder.Write(top + "metadata.json", $$$"""{"id": "o-example", "rootAccountId": "{{{Management}}}", "features": {"SERVICE_CONTROL_POLICY": true, "RESOURCE_CONTROL_POLICY": true}}""");
        folder.Write(top + "ous.json", JsonSerializer.Serialize(new Dictionary<string,
            object>
        { [Root] = Of(null, Root, null), [Work] = Of(Root, Work, "Work"), [Sand] = Of(Root, Sand, "Sand") }));
        folder.Write(top + "accounts.json", JsonSerializer.Serialize(
            tree.Accounts.ToDictionary(account => account.Account, account => Of(account.At, account.Account, account.Account == Account ? "Shop" : "Other"))));
        foreach ((string name, string text) in tree.Policies.Where(policy => policy.Key != "full"))
        {
            string place = $"{top}{(name == "perimeter" ? "rcps" : "scps")}/{IdOf(name)}/";
            folder.Write(place + "policy.json", text);
            folder.Write(place + "metadata.json", JsonSerializer.Serialize(new { id = IdOf(name), name }));
        }
    }

    private static string IdOf(string name) => name == "full" ? "p-FullAWSAccess" : $"p-{name}1";

    /// <summary>An organization: a root with two units, an account in the first of them and one in the second.</summary>
    private sealed class Tree
    {
        public Dictionary<string, string> Policies { get; } = new()
        {
            ["full"] = Allow("*"),
            ["regions"] = Deny("ec2:RunInstances"),
            ["trail"] = Deny("cloudtrail:StopLogging"),
            ["s3ec2"] = Allow("s3:* ec2:*"),
            ["s3sqs"] = Allow("s3:* sqs:*"),
            ["ec2sqs"] = Allow("ec2:* sqs:*"),
            ["perimeter"] = """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-example"}}}]}""",
        };

        public Dictionary<string, string[]> Attached { get; } =
            new() { [Root] = ["full"], [Work] = ["full", "regions"], [Sand] = ["full"], [Account] = ["full"], [Other] = ["full"] };

        public string[] Perimeter { get; init; } = [];

        /// <summary>Where the account lies; null for one that has left.</summary>
        public string? At { get; init; } = Work;

        public IEnumerable<(string Account, string At)> Accounts =>
            ((IEnumerable<(string, string?)>)[(Account, At), (Other, Sand)]).Where(account => account.Item2 is not null)
                .Select(account => (account.Item1, account.Item2!));

        public string[] this[string target]
        {
            set => Attached[target] = value;
        }
    }
}
