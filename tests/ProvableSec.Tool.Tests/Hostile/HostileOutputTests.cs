using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Names, statements and files of an outsider through every command and format: what comes out is read by the rules of those who read it, and holds no command of
/// theirs but those that the tool means, no unseen character, no markup. PROVABLESEC_SOAK=N tries N of each.
/// </summary>
public sealed class HostileOutputTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), out int soak) ? soak : 20;

    public static TheoryData<string> Commands() =>
    [
        "check", "check -f github", "check -f json", "check -f sarif", "check -f asff --account 111122223333 --region eu-west-1", "check --fix --dry-run", "check --waivers @waivers",
        "simulate", "simulate -f text", "prove no-public-access --policy", "prove no-public-access -f json --policy", "prove no-dead-statement -f ndjson --policy", "prove", "certificate check",
        "verify", "verify -f github", "verify -f json", "verify -f ndjson", "verify -f junit", "verify -f markdown", "verify -f sarif",
        "ask who-can s3:* --dump", "ask who-can s3:* -f json --dump", "ask escalation --dump", "ask escalation -f html --dump", "ask escalation -f svg --dump", "ask escalation -f json --dump",
        "ask escalation -f dot --dump", "ask escalation -f mermaid --dump", "ask credentials --dump", "ask credentials -f json --dump", "ask credentials -f markdown --dump", "ask credentials -f html --dump",
        "scan", "scan -f github", "scan -f json", "scan -f sarif", "explain", "check --batch", "prove --batch", "prove -f text --batch", "trim --rules", "nothing",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void NothingOfAFileIsObeyed(string command) =>
        Gen.Select(HostileText.Any, HostileText.Any, HostileText.FileName).Each(Rounds, (one, other, file) => Try(command, one, other, file));

    private static void Try(string command, string one, string other, string fileName)
    {
        using var folder = new TemporaryFolder();
        string name = fileName + (command.Contains("ask", StringComparison.Ordinal) ? ".json" : command.StartsWith("check", StringComparison.Ordinal) ? ".json" : "");
        string file = folder.Write(name, Input(command, one, other, folder));
        string[] args = [.. command.Split(' ').Select(arg => arg == "@waivers" ? folder.Write("waivers", Waivers(one, other)) : arg), command == "explain" ? one : file];
        ToolRun run = ToolRun.Command(args);
        Assert.NotEqual(ExitCodes.InternalError, run.ExitCode);
        string format = command.Split("-f ") is [_, var rest] ? rest.Split(' ')[0] : "";
        foreach (string log in (string[])[run.Output, run.Error])
        {
            Assert.Empty(CiLog.Unseen(log));
            Assert.Empty(CiLog.Azure(log));
            Assert.Empty(CiLog.GitLab(log));
        }

        Assert.Empty(CiLog.GitHub(run.Error));
        Assert.All(CiLog.GitHub(run.Output), found =>
        {
            Assert.Equal("github", format);
            Assert.Contains(found.Name, (string[])["error", "warning", "notice"]);
            Assert.Subset(new HashSet<string> { "file", "line", "col", "endColumn", "title" }, new HashSet<string>(found.Properties.Keys));
        });
        AssertWellFormed(format, run.Output);
    }

    private static void AssertWellFormed(string format, string output)
    {
        switch (format)
        {
            case "json" or "sarif" or "asff" when output.Length > 0:
                JsonDocument.Parse(output).Dispose();
                break;
            case "ndjson":
                Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
                break;
            case "junit" or "svg" when output.Length > 0:
                XDocument.Parse(output);
                break;
            case "html" when output.Length > 0:
                Assert.Matches("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; (script-src 'sha256-[A-Za-z0-9+/=]{44}'; )?style-src 'unsafe-inline'", output);
                // No other than that of the page, which its policy names, and which tests run in a browser.
                Assert.True(Regex.Count(output, "<script", RegexOptions.IgnoreCase) <= Regex.Count(output, "script-src"));
                break;
            case "markdown":
                Assert.All(output.Split('\n'), AssertNoMarkup);
                break;
        }
    }

    /// <summary>Outside code spans a line holds what the tool writes: no mention, link, HTML or issue.</summary>
    private static void AssertNoMarkup(string line)
    {
        string outside = "";
        for (int i = 0; i < line.Length;)
        {
            int fence = line.AsSpan(i).IndexOfAnyExcept('`') is var run && run < 0 ? line.Length - i : run;
            if (fence == 0)
            {
                outside += line[i++];
                continue;
            }

            int end = EndOfCode(line, i + fence, fence);
            Assert.True(end >= 0, "a code span is not closed: " + line);
            i = end;
        }

        outside = Regex.Replace(outside, "^### |^(<details><summary>)<code>[^<@]*</code>", "$1").Replace("<details><summary>", "", StringComparison.Ordinal).Replace("</summary>", "", StringComparison.Ordinal).Replace("</details>", "", StringComparison.Ordinal);
        Assert.DoesNotContain(outside, c => c is '@' or '<' or '[' or '#' or '_' or '\\');
        Assert.DoesNotContain("://", outside, StringComparison.Ordinal);
    }

    private static int EndOfCode(string line, int from, int fence)
    {
        for (int i = from; i < line.Length;)
        {
            int run = line.AsSpan(i).IndexOfAnyExcept('`') is var length && length < 0 ? line.Length - i : length;
            if (run == fence)
            {
                return i + run;
            }

            i += Math.Max(1, run);
        }

        return -1;
    }

    private static string Input(string command, string one, string other, TemporaryFolder folder)
    {
        if (command.StartsWith("verify", StringComparison.Ordinal))
        {
            folder.Write("p.json", Json(Policy(one, other)));
            return Json(new JsonObject
            {
                ["v"] = 1,
                ["documents"] = new JsonArray(new JsonObject { ["files"] = "p.json", ["type"] = "identity" }),
                ["stacks"] = new JsonObject { [one] = new JsonObject { ["account"] = "111122223333", ["identityPolicies"] = new JsonArray("p.json") } },
                ["properties"] = new JsonArray(
                    new JsonObject { ["id"] = "holds", ["says"] = one, ["question"] = "not-granted", ["stacks"] = new JsonArray(one), ["forbidden"] = "p.json" },
                    new JsonObject { ["id"] = other, ["says"] = other, ["question"] = "not-granted", ["stacks"] = new JsonArray(one, other), ["forbidden"] = other }),
            });
        }

        if (command.StartsWith("ask", StringComparison.Ordinal))
        {
            return Json(new JsonObject
            {
                ["UserDetailList"] = new JsonArray(User("a" + one, Policy(one, other)), User("b", Policy(other, one)), User("c", Plain("*"))),
                ["GroupDetailList"] = new JsonArray(),
                ["RoleDetailList"] = new JsonArray(),
                ["Policies"] = new JsonArray(),
            });
        }

        if (command.StartsWith("simulate", StringComparison.Ordinal) || command.Contains("--batch", StringComparison.Ordinal))
        {
            return Json(new JsonObject
            {
                ["id"] = one,
                ["type"] = "identity",
                ["question"] = "no-public-access",
                ["policy"] = Policy(one, other),
                ["identityPolicies"] = new JsonArray(Policy(one, other)),
                ["request"] = new JsonObject { ["principal"] = "arn:aws:iam::111122223333:user/" + one, ["action"] = "s3:" + one, ["resource"] = other, ["context"] = new JsonObject { [one] = other } },
            }) + "\n" + Json(new JsonObject { [one] = other }) + "\n" + one + "\n";
        }

        return command.StartsWith("scan", StringComparison.Ordinal) ? $"password = \"{one}\"\n{Credentials(one)}\n"
            : command == "certificate check" ? Json(new JsonObject { ["v"] = 2, [one] = other })
            : command == "nothing" || command.StartsWith("trim", StringComparison.Ordinal) ? one
            : Json(Policy(one, other));
    }

    /// <summary>Made here, so that no file holds what looks like a key.</summary>
    private static string Credentials(string around) => $"{around} aws_secret_access_key = {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}{Convert.ToBase64String(Guid.NewGuid().ToByteArray())[..16]}";

    private static string Waivers(string one, string other) =>
        Json(new JsonArray(new JsonObject { ["rule"] = "PSEC3005", ["file"] = one, ["pointer"] = other, ["reason"] = one, ["until"] = "2999-01-01" }));

    private static JsonObject User(string name, JsonObject policy) => new()
    {
        ["UserName"] = name,
        ["Arn"] = "arn:aws:iam::111122223333:user/" + name,
        ["UserPolicyList"] = new JsonArray(new JsonObject { ["PolicyName"] = name, ["PolicyDocument"] = policy }),
        ["GroupList"] = new JsonArray(),
        ["AttachedManagedPolicies"] = new JsonArray(),
    };

    private static JsonObject Plain(string action) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Action"] = action, ["Resource"] = "*" }),
    };

    private static JsonObject Policy(string one, string other) => new()
    {
        ["Version"] = "2012-10-17",
        ["Id"] = one,
        ["Statement"] = new JsonArray(
            new JsonObject { ["Sid"] = one, ["Effect"] = "Allow", ["Action"] = new JsonArray("iam:PassRole", "iam:AttachUserPolicy", "s3:" + one, other), ["Resource"] = new JsonArray("*", "arn:aws:s3:::" + other, one) },
            new JsonObject { ["Sid"] = other, ["Effect"] = one.Length % 2 == 0 ? "Deny" : other, ["Action"] = "s3:*", ["Resource"] = "*", [one] = other, ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { [one] = other, ["aws:PrincipalTag/a"] = one }, [other] = new JsonObject() } }),
    };

    private static string Json(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Replace("\\uE000", "\\ud800", StringComparison.Ordinal).Replace(HostileText.HalfOfAPair, "\\ud800", StringComparison.Ordinal);
    }
}
