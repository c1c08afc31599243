using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Accounts;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Files;

/// <summary>Account dumps, or folders of them with what else is known of the accounts, and the control policies above the accounts.</summary>
internal sealed class AccountInput(CommandConsole console, IReadOnlyList<string> dumps, string? organization, IReadOnlyList<string[]> levels, bool allowOutside)
{
    private static readonly string[] Extensions = [".json", ".csv"];
    private static readonly string[] DumpMembers = ["\"UserDetailList\"", "\"GroupDetailList\"", "\"RoleDetailList\"", "\"Policies\""];

    private readonly List<DocumentText> texts = [], summaries = [], reports = [], others = [];

    /// <summary>The exit code so far.</summary>
    public int Code { get; private set; } = ExitCodes.Success;

    /// <summary>The texts of the dumps that were read.</summary>
    public IReadOnlyList<DocumentText> Texts => texts;

    /// <summary>Answers of <c>aws iam get-account-summary</c> in the folders.</summary>
    public IReadOnlyList<DocumentText> Summaries => summaries;

    /// <summary>Credential reports in the folders.</summary>
    public IReadOnlyList<DocumentText> Reports => reports;

    /// <summary>Other JSON files in the folders, such as policies of resources.</summary>
    public IReadOnlyList<DocumentText> Others => others;

    /// <summary>Reads everything, and tells what is wrong with it.</summary>
    /// <returns>False where nothing can be said with what there is.</returns>
    public bool TryRead(out AccountDump dump, out OrganizationControls controls)
    {
        var reader = new AccountDumpReader();
        foreach (string path in dumps)
        {
            if (Directory.Exists(path))
            {
                ReadFolder(path);
            }
            else if (Read(path) is { } source && !IsSomethingElse(source))
            {
                texts.Add(source);
            }
        }

        foreach (DocumentText source in texts)
        {
            reader.Add(source);
        }

        OrganizationControls? read = Controls();
        dump = reader.Finish();

        // What else is odd in a dump is about members that a newer API has.
        Tell(dump.Problems.Where(p => p.IsError || p.Code == ProblemCode.ImpossibleAction));
        Code = dump.IsComplete ? Code : ExitCodes.BadInput;
        controls = read ?? OrganizationControls.None;
        return read is not null && !(dump.Principals.IsEmpty && Code != ExitCodes.Success);
    }

    /// <summary>Takes what a folder has of accounts; other files in it are left alone.</summary>
    private void ReadFolder(string folder)
    {
        var scope = InputScope.Of(folder, allowOutside);
        int before = texts.Count;
        foreach (string name in Extensions.SelectMany(extension => DocumentGlob.Find(folder, "**/*" + extension, scope)).Order(StringComparer.Ordinal))
        {
            string file = Path.Combine(folder, name).Replace('\\', '/');
            if (InputFile.TryRead(file, file, out PolicyProblem? problem, scope) is not { } source)
            {
                console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
                Code = ExitCodes.BadInput;
            }
            else if (CredentialReport.Is(source))
            {
                reports.Add(source);
            }
            else if (DumpMembers.Any(member => source.Text.Contains(member, StringComparison.Ordinal)))
            {
                texts.Add(source);
            }
            else if (source.Text.Contains("\"SummaryMap\"", StringComparison.Ordinal) && AccountSummary.Is(JsonTreeReader.Read(source).Root))
            {
                summaries.Add(source);
            }
            else if (source.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                others.Add(source);
            }
        }

        if (texts.Count == before)
        {
            console.Error.WriteLine(Printable.Clean(
                $"provablesec: {folder} has no account dump (*.json), what aws iam get-account-authorization-details prints"));
            Code = ExitCodes.BadInput;
        }
    }

    /// <summary>Whether a text is not a dump, which is told: a dump of nobody would answer that nobody can.</summary>
    private bool IsSomethingElse(DocumentText source)
    {
        PolicyProblem? problem = DumpMembers.Any(member => source.Text.Contains(member, StringComparison.Ordinal)) ? null
            : RecognizedInput.InsteadOf(RecognizedInput.AccountDump, source)
                ?? (JsonTreeReader.Read(source).Root is { Kind: JsonKind.Object } root
                    ? root.Problem(ProblemCode.WrongType,
                        "this is not an account dump; expected what aws iam get-account-authorization-details prints, an object with UserDetailList, "
                            + "GroupDetailList, RoleDetailList or Policies")
                    : null);
        if (problem is null)
        {
            return false;
        }

        console.Error.WriteLine("provablesec: " + ProblemText.Of(problem));
        Code = ExitCodes.BadInput;
        return true;
    }

    private DocumentText? Read(string file)
    {
        DocumentText? source = file == InputFile.StandardInputName ? InputFile.TryRead(console.Input, file, out PolicyProblem? problem)
            : InputFile.TryRead(file, file, out problem);
        if (source is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
            Code = ExitCodes.BadInput;
        }

        return source;
    }

    private void Tell(IEnumerable<PolicyProblem> problems)
    {
        foreach (string problem in problems.Select(p => (p.IsError ? "" : "warning: ") + ProblemText.Of(p)).Distinct())
        {
            console.Error.WriteLine(problem);
        }
    }

    /// <summary>The organization's controls; null, and told why, when they cannot be used: without them every answer would be wrong.</summary>
    private OrganizationControls? Controls()
    {
        OrganizationControls controls = OrganizationControls.None;
        var problems = new CaseProblems();
        if (organization is { } folder && Directory.Exists(folder))
        {
            controls = OrganizationFolder.Read(folder, InputScope.Of(folder, allowOutside), problems,
                message => new PolicyProblem(ProblemCode.UnreadableFile, message, default, "", default, folder)) ?? controls;
        }
        else if (organization is { } file)
        {
            if (Read(file) is not { } source)
            {
                return null;
            }

            if (RecognizedInput.InsteadOf(RecognizedInput.Organization, source) is { } other)
            {
                Tell([other]);
                return null;
            }

            controls = OrganizationControlsReader.Read(JsonTreeReader.Read(source),
                new PolicyLoader(new FilePolicySource(file, allowOutside), new PolicyCache()), problems);
        }

        if (levels.Count > 0)
        {
            var read = ImmutableArray.CreateBuilder<ImmutableArray<PolicyDocument>>();
            foreach (string[] level in levels)
            {
                var documents = ImmutableArray.CreateBuilder<PolicyDocument>();
                foreach (string policy in level)
                {
                    if (Read(policy) is not { } source)
                    {
                        return null;
                    }

                    PolicyDocument document = PolicyFile.Read(source);
                    foreach (PolicyProblem problem in document.Problems)
                    {
                        problems.Add(problem);
                    }

                    documents.Add(document);
                }

                read.Add(documents.ToImmutable());
            }

            controls = new OrganizationControls(controls.Organization, ControlPolicies.None with { Levels = read.ToImmutable() },
                controls.ResourceControlPolicies);
        }

        Tell(problems.ToImmutable());
        return problems.HasErrors ? null : controls;
    }
}
