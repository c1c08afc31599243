using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Accounts;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Ask;

/// <summary>What the command line of <c>ask</c> says.</summary>
/// <param name="Actions">The actions asked about.</param>
/// <param name="Resource">The resources asked about; null for all.</param>
/// <param name="Principal">The only principal asked about; null for all.</param>
/// <param name="Dumps">Files with account dumps.</param>
/// <param name="Organization">The file with the organization; null for none.</param>
/// <param name="Levels">Files of SCPs, level by level; empty for none.</param>
/// <param name="AllowOutside">Whether the policies that the organization names may lie outside of its repository.</param>
/// <param name="Prove">Where to write the questions; null for nowhere.</param>
/// <param name="Budget">The steps of each proof; null for the engine's own number.</param>
/// <param name="DefaultReadings">Whether to ask about the default readings only.</param>
/// <param name="AsOf">The day before which no request is made; null for that of the service data.</param>
/// <param name="UndecidedPasses">Whether what is unknown leaves the exit code alone.</param>
internal sealed record AskOptions(
    ImmutableArray<string> Actions,
    string? Resource,
    string? Principal,
    IReadOnlyList<string> Dumps,
    string? Organization,
    IReadOnlyList<string[]> Levels,
    bool AllowOutside,
    string? Prove,
    long? Budget,
    bool DefaultReadings,
    string? AsOf,
    bool UndecidedPasses);

/// <summary>One run of <c>ask</c>.</summary>
internal sealed class AskRun(CommandConsole console, AskOptions options, ReportOutputs<AskResult> outputs)
{
    private int code = ExitCodes.Success;

    /// <summary>Reads, asks and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var input = new AccountInput(console, options.Dumps, options.Organization, options.Levels, options.AllowOutside);
        bool isUsable = input.TryRead(out AccountDump dump, out OrganizationControls controls);
        code = input.Code;
        if (!isUsable)
        {
            return ExitCodes.BadInput;
        }

        IEnumerable<string> principals = dump.Principals.SelectMany(p => (string[])[p.Caller.Name, $"arn:{p.Caller.Partition}:iam::{p.Caller.Account}:root"]);
        if (options.Principal is { } named && !principals.Contains(named))
        {
            string? meant = Spelling.Nearest(named, principals.Distinct());
            console.Error.WriteLine(
                Printable.Clean($"provablesec: {named} is not a user, role or root user of the dump{(meant is null ? "" : $"; did you mean {meant}?")}"));
            return ExitCodes.BadInput;
        }

        // An action that does not exist is one that nobody can do.
        List<string> warnings = [.. dump.Truncated];
        foreach (string action in options.Actions)
        {
            if (UnknownActions.Describe(action) is (var problem, var message))
            {
                if (problem == ProblemCode.InvalidAction)
                {
                    console.Error.WriteLine(Printable.Clean($"provablesec: {message}"));
                    return ExitCodes.BadInput;
                }

                warnings.Add(message);
            }
        }

        string[] accounts = [.. dump.Principals.Select(p => p.Caller.Account).Distinct()];
        ResourceWithPolicy[] resources = [.. input.Others.SelectMany(file => PolicyOfResource.In(file, accounts, warnings.Add))];
        AccessAnswer answer;
        using (var progress = new Progress(console, "principals"))
        {
            answer = AccessFinder.Answer(
                new AccessQuestion
                {
                    Dump = dump,
                    Controls = controls,
                    Actions = options.Actions,
                    Resource = options.Resource,
                    Principal = options.Principal,
                    WithRootUsers = true,
                    Resources = [.. resources],
                    Budget = options.Budget ?? Query.DefaultBudget,
                    DefaultReadingsOnly = options.DefaultReadings,
                    AsOf = options.AsOf ?? ServiceCatalogue.Default.Date,
                },
                progress.Add);
        }

        warnings.AddRange(input.Summaries.SelectMany(summary => AccountSummary.Check(JsonTreeReader.Read(summary).Root)
            .Where(finding => finding.Severity == RuleSeverity.Error).Select(finding => $"{finding.Message} ({summary.Name}, {finding.Rule.Id})")));
        if (code != ExitCodes.Success)
        {
            warnings.Add("something could not be read (see standard error), so users or roles may be missing");
        }

        string asked = options.Principal is { } one ? $"What {one} can do" : $"Who can {string.Join(", ", options.Actions)} on {options.Resource ?? "*"}";
        code = ExitCodes.Combine(code, outputs.Write(new AskResult(asked, answer, warnings), console));
        bool undecided = !answer.Undecided.IsEmpty || answer.Lines.Any(l => l.Undecided is not null);
        code = ExitCodes.Combine(code, undecided && !options.UndecidedPasses ? ExitCodes.Undecided : ExitCodes.Success);
        return options.Prove is { } file2 ? ExitCodes.Combine(code, WriteProofs(file2, answer)) : code;
    }

    private int WriteProofs(string file, AccessAnswer answer)
    {
        try
        {
            OutputFile.Write(file, stream => WriteProofs(stream, answer));
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            console.Error.WriteLine(Printable.Clean($"provablesec: {file} cannot be written: {e.Message}"));
            return ExitCodes.BadInput;
        }
    }

    private static void WriteProofs(Stream stream, AccessAnswer answer)
    {
        using var json = new Utf8JsonWriter(stream);
        for (int i = 0; i < answer.Lines.Length; i++)
        {
            foreach (Query proof in answer.Lines[i].Proofs)
            {
                Write(JsonAccessReport.IdOf(i), proof);
            }
        }

        foreach (Query outside in answer.Outside)
        {
            Write("outside", outside);
        }

        void Write(string id, Query query)
        {
            QueryJson.Write(json, id, query);
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }
}
