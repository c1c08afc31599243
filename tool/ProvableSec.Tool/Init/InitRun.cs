using System.Text;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Init;

/// <summary>One run of <c>init</c>.</summary>
/// <param name="console">Where everything goes.</param>
/// <param name="folder">Where to look.</param>
/// <param name="output">Where to write; null for the folder.</param>
/// <param name="dryRun">Whether to print only.</param>
internal sealed class InitRun(CommandConsole console, string folder, string? output, bool dryRun)
{
    private const string Kinds = "policies (JSON with Statement), CloudFormation and SAM templates, account dumps (aws iam get-account-authorization-details), "
        + "Terraform plans (terraform show -json), answers of the AWS CLI with a resource policy, and an organization "
        + "(its file, or a folder that it was saved to)";

    /// <summary>Looks, and writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (!Directory.Exists(folder))
        {
            return Refuse($"{folder} {(File.Exists(folder) ? "is a file; expected a folder" : "does not exist")}");
        }

        string configuration = output ?? Path.Combine(folder, "provablesec.json"), page = Path.ChangeExtension(configuration, ".md");
        if (Directory.Exists(configuration))
        {
            return Refuse($"{configuration} is a folder; expected the file to write");
        }

        foreach (string file in dryRun ? [] : (string[])[configuration, page])
        {
            if (Path.Exists(file))
            {
                return Refuse($"{file} is there already and is not overwritten; --output FILE writes another, --dry-run prints what would be written");
            }
        }

        FoundDocuments found = FoundDocuments.In(folder);
        if (found.IsEmpty)
        {
            return Refuse($"{folder} has nothing to write a configuration about: none of its {found.LookedAt} JSON and YAML files is one of {Kinds}");
        }

        string relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(configuration))!, Path.GetFullPath(folder)).Replace('\\', '/');
        var starter = new StarterConfiguration(found, relative == "." ? "" : relative + "/");
        if (dryRun)
        {
            console.OutputText.Flush();
            console.Output.Write(starter.Json());
            return ExitCodes.Success;
        }

        try
        {
            OutputFile.Write(configuration, stream => stream.Write(starter.Json()));
            OutputFile.Write(page, stream => stream.Write(Encoding.UTF8.GetBytes(Page(found, starter, Path.GetFileName(configuration)))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse($"{configuration} cannot be written: {e.Message}");
        }

        console.OutputText.WriteLine(Printable.Clean($"{configuration}: {Counted(found)}; {Quantity.Of(starter.Properties().Count(), "property")}"));
        console.OutputText.WriteLine(Printable.Clean($"{page}: what each of them means, and what to do next"));
        console.OutputText.WriteLine(Printable.Clean($"Next: provablesec verify {configuration}"));
        return ExitCodes.Success;
    }

    private static string Counted(FoundDocuments found)
    {
        (int Count, string One, string Many)[] kinds =
        [
            (found.Policies.Count, "policy", "policies"), (found.Templates.Count, "template or plan", "templates and plans"),
                (found.Dumps.Count, "account dump", "account dumps"),
            (found.ResourceAnswers.Count, "answer of the CLI", "answers of the CLI"), (Math.Min(1, found.Organizations.Count), "organization", "organizations"),
        ];
        return string.Join(", ", kinds.Where(kind => kind.Count > 0).Select(kind => Quantity.Of(kind.Count, kind.One, kind.Many)));
    }

    private static string Page(FoundDocuments found, StarterConfiguration starter, string configuration)
    {
        var page = new StringBuilder();
        page.Append(
            $"# What {MarkdownCode.Of(configuration)} proves\n\nWritten by `provablesec init` from what it found: {Counted(found)}. `provablesec verify` "
                + $"proves or refutes each property.\n\n");
        page.Append("| property | claim | why |\n| --- | --- | --- |\n");
        foreach ((string id, string says, string why) in starter.Properties())
        {
            page.Append($"| `{id}` | {says} | {why} |\n");
        }

        page.Append("\n## What to look at first\n\n");
        if (found.Dumps.Count > 0)
        {
            page.Append(found.Administrators.Count > 0
                ? $"- The guardians are those who have AdministratorAccess in the account dumps: "
                    + $"{string.Join(", ", found.Administrators.Select(MarkdownCode.Of))}. Take out of `variables` whoever should not be one.\n"
                : "- Nobody has AdministratorAccess in the account dumps, so that no guardian is excepted. Name yours in `variables`, and in `except` of the "
                    + "properties.\n");
        }

        page.Append(found.Organizations.Count switch
        {
            0 => "- There is no organization, so that no SCP or RCP binds anybody. `schemas/organization.schema.json` describes a file of one; a folder "
                + "with answers of `aws organizations`, or what iam-collect stores, is one as well. Name it in `organization`.\n",
            1 => "",
            _ => $"- There are several organizations; {MarkdownCode.Of(found.Organizations[0])} is taken, and not "
                + $"{string.Join(", ", found.Organizations.Skip(1).Select(MarkdownCode.Of))}.\n",
        });
        if (found.RoleTemplates.Count > 0)
        {
            page.Append("- What templates and plans leave open makes an answer unknown that depends on it. Say it in `stacks`: `account`, `region`, "
                + "`parameters`, `conditions`, `managedPolicies`.\n");
        }

        foreach (IGrouping<PolicyType, string> type in found.Policies.GroupBy(policy => policy.Type, policy => policy.Path).OrderBy(group => group.Key))
        {
            page.Append(
                $"- Taken for {QuestionNames.NameOf(type.Key)} by name or content: {string.Join(", ", type.Take(5).Select(MarkdownCode.Of))}"
                    + $"{(type.Count() > 5 ? $" and {type.Count() - 5} more" : "")}. Correct `documents` where that is wrong.\n");
        }

        page.Append(
            "- A property that is violated today and accepted for now gets `waivers`, with a reason and a day.\n- `\"check\": true` also reports what "
                + "`provablesec check` finds in the documents.\n");
        return page.ToString();
    }

    private int Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        return ExitCodes.BadInput;
    }
}
