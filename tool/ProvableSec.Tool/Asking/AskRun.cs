using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Input;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Asking;

/// <summary>What the command line of <c>ask</c> says.</summary>
/// <param name="Actions">The actions asked about.</param>
/// <param name="Resource">The resources asked about; null for all.</param>
/// <param name="Principal">The only principal asked about; null for all.</param>
/// <param name="Dumps">Files with account dumps.</param>
/// <param name="Organization">The file with the organisation; null for none.</param>
/// <param name="Levels">Files of SCPs, level by level; empty for none.</param>
/// <param name="Prove">Where to write the questions; null for nowhere.</param>
/// <param name="Budget">The steps of each proof; null for the engine's own number.</param>
/// <param name="DefaultReadings">Whether to ask about the default readings only.</param>
/// <param name="UndecidedPasses">Whether what is undecided leaves the exit code alone.</param>
internal sealed record AskOptions(
    ImmutableArray<string> Actions,
    string? Resource,
    string? Principal,
    IReadOnlyList<string> Dumps,
    string? Organization,
    IReadOnlyList<string[]> Levels,
    string? Prove,
    long? Budget,
    bool DefaultReadings,
    bool UndecidedPasses);

/// <summary>One run of <c>ask</c>.</summary>
internal sealed class AskRun(CommandConsole console, AskOptions options, IAccessReport report)
{
    private int code = ExitCodes.Success;

    /// <summary>Reads, asks and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var reader = new AccountDumpReader();
        foreach (string file in options.Dumps)
        {
            if (Read(file) is { } source)
            {
                reader.Add(source);
            }
        }

        OrganizationControls? controls = Controls();
        AccountDump dump = reader.Finish();
        Tell(dump.Problems.Where(p => p.IsError));
        code = dump.IsComplete ? code : ExitCodes.BadInput;
        if (controls is null || (dump.Principals.IsEmpty && code != ExitCodes.Success))
        {
            return ExitCodes.BadInput;
        }

        if (options.Principal is { } named && !dump.Principals.Any(p => p.Caller.Name == named))
        {
            string? meant = Spelling.Nearest(named, dump.Principals.Select(p => p.Caller.Name));
            console.Error.WriteLine(Printable.Clean($"provablesec: {named} is no user or role of the dump{(meant is null ? "" : $"; did you mean {meant}?")}"));
            return ExitCodes.BadInput;
        }

        AccessAnswer answer;
        using (var progress = new Progress(console, "principals"))
        {
            answer = AccessFinder.AnswerUntil(
                new AccessQuestion
                {
                    Dump = dump,
                    Controls = controls,
                    Actions = options.Actions,
                    Resource = options.Resource,
                    Principal = options.Principal,
                    Budget = options.Budget ?? Query.DefaultBudget,
                    DefaultReadingsOnly = options.DefaultReadings,
                },
                progress.Add,
                CancellationToken.None);
        }

        List<string> warnings = [.. dump.Truncated];
        if (code != ExitCodes.Success)
        {
            warnings.Add("something could not be read (see standard error), so users or roles may be missing");
        }

        string asked = options.Principal is { } one ? $"What {one} can do" : $"Who can {string.Join(", ", options.Actions)} on {options.Resource ?? "*"}";
        report.Write(asked, answer, warnings, console);
        bool undecided = !answer.Undecided.IsEmpty || answer.Lines.Any(l => l.Undecided is not null);
        code = ExitCodes.Combine(code, undecided && !options.UndecidedPasses ? ExitCodes.Undecided : ExitCodes.Success);
        return options.Prove is { } file2 ? ExitCodes.Combine(code, WriteProofs(file2, answer)) : code;
    }

    private SourceText? Read(string file)
    {
        SourceText? source = file == InputFile.StandardInputName ? InputFile.TryRead(console.Input, file, out PolicyProblem? problem) : InputFile.TryRead(file, file, out problem);
        if (source is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
            code = ExitCodes.BadInput;
        }

        return source;
    }

    private void Tell(IEnumerable<PolicyProblem> problems)
    {
        foreach (string problem in problems.Select(ProblemText.Of).Distinct())
        {
            console.Error.WriteLine(problem);
        }
    }

    /// <summary>The organisation's controls; null, and told why, when they cannot be used: without them every answer would be wrong.</summary>
    private OrganizationControls? Controls()
    {
        OrganizationControls controls = OrganizationControls.None;
        var problems = new CaseProblems();
        if (options.Organization is { } file)
        {
            if (Read(file) is not { } source)
            {
                return null;
            }

            controls = OrganizationControlsReader.Read(JsonReader.Read(source), new PolicyLoader(new FilePolicySource(file), new PolicyCache()), problems);
        }

        if (options.Levels.Count > 0)
        {
            var levels = ImmutableArray.CreateBuilder<ImmutableArray<PolicyDocument>>();
            foreach (string[] level in options.Levels)
            {
                var documents = ImmutableArray.CreateBuilder<PolicyDocument>();
                foreach (string policy in level)
                {
                    if (Read(policy) is not { } source)
                    {
                        return null;
                    }

                    PolicyDocument document = PolicyReader.Read(source);
                    foreach (PolicyProblem problem in document.Problems)
                    {
                        problems.Add(problem);
                    }

                    documents.Add(document);
                }

                levels.Add(documents.ToImmutable());
            }

            controls = new OrganizationControls(controls.Organization, ControlPolicies.None with { Levels = levels.ToImmutable() }, controls.ResourceControlPolicies);
        }

        Tell(problems.ToImmutable());
        return problems.HasErrors ? null : controls;
    }

    private int WriteProofs(string file, AccessAnswer answer)
    {
        try
        {
            using FileStream stream = File.Create(file);
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

            return ExitCodes.Success;

            void Write(string id, Query query)
            {
                QueryJson.Write(json, id, query);
                json.Flush();
                json.Reset();
                stream.WriteByte((byte)'\n');
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            console.Error.WriteLine(Printable.Clean($"provablesec: {file} cannot be written: {e.Message}"));
            return ExitCodes.BadInput;
        }
    }
}
