using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Tests.CommandLine;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Names, statements and files of an outsider through every command and format: what comes out is read by the rules of those who read it, and holds no command
/// of
/// theirs but those that the tool means, no unseen character, no markup. PROVABLESEC_SOAK=N tries N of each.
/// </summary>
public sealed partial class HostileOutputTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), out int soak) ? soak : 20;

    // What a command is called with before its input; each is tried in every format that its --format takes, and with files in all of them.
    private static readonly string[] Lines =
    [
        "check", "check --fix --dry-run", "check --waivers @waivers", "check --batch", "simulate", "prove no-public-access --policy",
            "prove no-dead-statement --policy", "prove --batch", "prove",
        "certificate check", "verify", "diff", "ask who-can s3:* --dump", "ask what-can arn:aws:iam::111122223333:user/b --dump", "ask escalation --dump",
            "ask credentials --dump", "scan", "explain", "trim --rules", "merge", "nothing",
    ];

    public static TheoryData<string> Commands() =>
    [
        .. Lines.SelectMany(line => Of(line) is not { } command || line.StartsWith("explain", StringComparison.Ordinal) ? [line]
            : ((string[])[line]).Concat(Formats(command).Select(format => $"{line} -f {format}{(format == "asff" ? " --account 111122223333 --region eu-west-1" : "")}"))
                .Concat(WritesFiles(command) && line != "check --batch" ? [line + " @outputs"] : []))
            .Select(line => line.StartsWith("ask", StringComparison.Ordinal) || line.StartsWith("prove no", StringComparison.Ordinal) ? LastOptionLast(line)
                : line),
    ];

    [Fact]
    public void EveryCommandWithFormatsIsTried()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        string[] tried = [.. Lines.Select(Of).OfType<Command>().Select(HelpText.PathOf).Distinct()];
        Assert.Empty(CommandTree.Leaves(ProvableSecCommand.Root(console)).Where(command => command.Name != "report" && Formats(command).Length > 0)
            .Select(HelpText.PathOf).Except(tried));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void NothingOfAFileIsObeyed(string command) =>
        Gen.Select(HostileText.Any, HostileText.Any, HostileText.FileName).Each(Rounds, (one, other, file) => Try(command, one, other, file));

    private static void Try(string command, string one, string other, string fileName)
    {
        using var folder = new TemporaryFolder();
        string name = fileName + (command.StartsWith("ask", StringComparison.Ordinal) || command.StartsWith("check", StringComparison.Ordinal)
            || command.StartsWith("diff", StringComparison.Ordinal) ? ".json" : "");
        string file = folder.Write(name, Input(command, one, other, folder));
        if (command.StartsWith("merge", StringComparison.Ordinal))
        {
            string result = folder["result"];
            ToolRun.Command("check", folder.Write(fileName + ".json", Json(Policy(one, other))), "--shard", "1/1", "--output", "json=" + result, "--account",
                "111122223333", "--region", "eu-west-1");
            file = result;
        }

        // The answers of a batch are written as they come, which not every format can be.
        string[] outputs = command.Contains("@outputs", StringComparison.Ordinal)
            ? [.. Formats(Of(command)!).Where(format => !command.Contains("--batch", StringComparison.Ordinal) || format is "text" or "ndjson")] : [];
        string[] args =
        [
            .. command.Split(' ').SelectMany(arg => arg switch
            {
                "@waivers" => [folder.Write("waivers", Waivers(one, other))],
                "@outputs" => outputs.SelectMany(format => (string[])["--output", $"{format}={folder["out." + format]}"])
                    .Concat(outputs.Contains("asff") ? ["--account", "111122223333", "--region", "eu-west-1"] : []),
                _ => (IEnumerable<string>)[arg],
            }),
            .. command.StartsWith("diff", StringComparison.Ordinal) ? [folder.Write("before.json", Json(Policy(other, one)))] : (string[])[],
            command == "explain" ? one : file,
        ];
        ToolRun run = ToolRun.Command(args);
        Assert.NotEqual(ExitCodes.InternalError, run.ExitCode);
        AssertObeyedByNobody(command.Split("-f ") is [_, var rest] ? rest.Split(' ')[0] : "", run.Output);
        AssertObeyedByNobody("", run.Error);
        // What ends before its answer writes none; a command line that takes no such file would hide that nothing was looked at.
        Assert.DoesNotContain("--output", run.Error.Split('\n')[0], StringComparison.Ordinal);
        foreach (string format in outputs.Where(format => File.Exists(folder["out." + format])))
        {
            AssertObeyedByNobody(format, File.ReadAllText(folder["out." + format]));
        }
    }

    private static void AssertObeyedByNobody(string format, string text)
    {
        Assert.Empty(CiLog.Unseen(text));
        Assert.Empty(CiLog.Azure(text));
        Assert.Empty(CiLog.GitLab(text));
        Assert.All(CiLog.GitHub(text), found =>
        {
            Assert.Equal("github", format);
            Assert.Contains(found.Name, (string[])["error", "warning", "notice"]);
            Assert.Subset(new HashSet<string> { "file", "line", "col", "endColumn", "title" }, new HashSet<string>(found.Properties.Keys));
        });
        AssertWellFormed(format, text);
    }

    private static Command? Of(string line)
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        Command command = ProvableSecCommand.Root(console);
        foreach (string word in line.Split(' '))
        {
            if (command.Subcommands.FirstOrDefault(child => child.Name == word) is not { } child)
            {
                break;
            }

            command = child;
        }

        return command is RootCommand ? null : command;
    }

    private static string[] Formats(Command command) =>
        [.. command.Options.Where(option => option.Name == "--format").SelectMany(option => option.GetCompletions(CompletionContext.Empty))
            .Select(item => item.Label)];

    private static bool WritesFiles(Command command) => command.Options.Any(option => option is { Name: "--output", HelpName: "FORMAT=FILE" });

    /// <summary>The option that takes the file stands before it.</summary>
    private static string LastOptionLast(string line)
    {
        string option = line.Contains(" --dump", StringComparison.Ordinal) ? " --dump" : " --policy";
        return line.Replace(option, "", StringComparison.Ordinal) + option;
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
                // No other script than that of the page, which its policy names, and which tests run in a browser.
                Assert.True(Regex.Count(output, "<script", RegexOptions.IgnoreCase) <= Regex.Count(output, "script-src"));
                Assert.All(Tag().Matches(output), tag => Assert.Matches("^</?(html|head|body|meta|link|title|style|script|h[123]|p|section|code|span|pre|dl|dt|dd|table|thead|tbody|tr|th|td|ul|ol|li|br|div|main|header|nav|label|input|button|details|summary|svg|g|a|path|rect|text|marker|defs|line)$", tag.Value));
                break;
            case "markdown":
                Assert.All(OutsideBlocks(output), AssertNoMarkup);
                break;
        }
    }

    /// <summary>The lines that are in no block of code: one ends with as many backticks as it begins with, or more, and with nothing else before the end of
    /// the text.</summary>
    private static IEnumerable<string> OutsideBlocks(string output)
    {
        string? fence = null;
        foreach (string line in output.Split('\n'))
        {
            if (fence is null && line.EndsWith("```text", StringComparison.Ordinal) && line[..^4].Trim('`').Length == 0)
            {
                fence = line[..^4];
            }
            else if (fence is not null)
            {
                fence = line.StartsWith(fence, StringComparison.Ordinal) && line.Trim('`').Length == 0 ? null : fence;
            }
            else
            {
                yield return line;
            }
        }

        Assert.Null(fence);
    }

    /// <summary>Outside code spans a line holds what the tool writes: no mention, link, HTML or issue.</summary>
    private static void AssertNoMarkup(string line)
    {
        // In a line of HTML code is an element, in which Markdown is not read and nobody is told.
        line = CodeElement().Replace(line, "");
        string outside = "";
        // A line that begins with the tag is HTML, and no Markdown is read in it.
        line = Regex.Replace(line, "^### |^(<details><summary>)<code>[^<@]*</code>", "$1");
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

        outside = outside.Replace("<details><summary>", "", StringComparison.Ordinal).Replace("</summary>", "", StringComparison.Ordinal)
            .Replace("</details>", "", StringComparison.Ordinal);
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
                    new JsonObject
                    {
                        ["id"] = "holds",
                        ["says"] = one,
                        ["question"] = "not-granted",
                        ["stacks"] = new JsonArray(one),
                        ["forbidden"] = "p.json"
                    },
                    new JsonObject
                    {
                        ["id"] = other,
                        ["says"] = other,
                        ["question"] = "not-granted",
                        ["stacks"] = new JsonArray(one, other),
                        ["forbidden"] = other
                    }),
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
                ["request"] = new JsonObject
                {
                    ["principal"] = "arn:aws:iam::111122223333:user/" + one,
                    ["action"] = "s3:"
                    + one,
                    ["resource"] = other,
                    ["context"] = new JsonObject { [one] = other }
                },
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
            new JsonObject
            {
                ["Sid"] = one,
                ["Effect"] = "Allow",
                ["Action"] = new JsonArray("iam:PassRole", "iam:AttachUserPolicy", "s3:" + one, other),
                ["Resource"] = new JsonArray("*", "arn:aws:s3:::" + other, one)
            },
            new JsonObject
            {
                ["Sid"] = other,
                ["Effect"] = one.Length % 2 == 0 ? "Deny"
                : other,
                ["Action"] = "s3:*",
                ["Resource"] = "*",
                [one] = other,
                ["Condition"] = new JsonObject
                {
                    ["StringEquals"] = new JsonObject { [one] = other, ["aws:PrincipalTag/a"] = one },
                    [other] = new JsonObject()
                }
            }),
    };

    private static string Json(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer =
            new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Replace("\\uE000", "\\ud800", StringComparison.Ordinal)
            .Replace(HostileText.HalfOfAPair, "\\ud800", StringComparison.Ordinal);
    }

    [GeneratedRegex("<code>[^<]*</code>")]
    private static partial Regex CodeElement();

    [GeneratedRegex(@"</?[A-Za-z][A-Za-z0-9]*")]
    private static partial Regex Tag();
}
