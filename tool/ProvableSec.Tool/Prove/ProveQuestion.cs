using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary><c>prove QUESTION</c>: one question.</summary>
internal sealed class ProveQuestion(CommandConsole console, AnswerLimits limits, VerdictPolicy policy, bool allowOutside, ReportOutputs<ProveResult> outputs)
{
    private readonly FilePolicySource files = FilePolicySource.OfCommandLine();
    private readonly List<PolicyProblem> warnings = [];
    private bool broken;

    /// <summary>Asks what a JSON file holds.</summary>
    /// <returns>The exit code.</returns>
    public int AskFile(string file)
    {
        if (InputFile.TryRead(file, file, out PolicyProblem? unreadable) is not { } text)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(unreadable!));
            return ExitCodes.BadInput;
        }

        JsonTree document = JsonTreeReader.Read(text);
        QueryReading reading = new QueryReader(new PolicyLoader(new FilePolicySource(file, allowOutside))).Read(document.Root, document.Problems);
        foreach (PolicyProblem problem in reading.Query is null && RecognizedInput.InsteadOf(RecognizedInput.Question, text) is { } other ? [other]
            : reading.Problems)
        {
            Tell(problem);
        }

        return reading.Query is { } query ? Ask(query, file) : ExitCodes.BadInput;
    }

    /// <summary>Asks what a command line describes.</summary>
    /// <returns>The exit code.</returns>
    public int Ask(DescribedQuestion described)
    {
        PolicyDocument? document = described.Policy is { } named ? Load(named) : null;
        PolicyDocument? baseline = described.Baseline is { } other ? Load(other) : null;
        PolicyDocument? property = described.Property is { } file ? LoadProperty(file) : described.PropertyActions is { } actions ? Property(described, actions)
            : null;
        Subject? subject, compared = null;
        if (described.IsStack)
        {
            PolicyStack stack = Stack(described);
            subject = Subject.Of(With(stack, document));
            compared = described.Baseline is null ? null : Subject.Of(With(stack, baseline));
        }
        else
        {
            subject = document is null ? null : Subject.Of(document);
            compared = baseline is null ? null : Subject.Of(baseline);
        }

        var problems = new List<string>();
        RequestPattern request = DescribedRequest.Read(described, problems);
        if (described is { Question: Question.NoPublicAccess, Account: { } owner })
        {
            request = request with { ResourceAccount = request.ResourceAccount ?? owner };
        }

        foreach (string problem in problems)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        }

        if (broken || problems.Count > 0 || subject is null)
        {
            return ExitCodes.BadInput;
        }

        Query query = QueryReader.Complete(null, described.Question, subject, compared, property, request, described.Type);
        string says = (described.IsStack ? "a stack with " : "")
            + (described.Policy ?? string.Join(", ", described.Identity.Count > 0 ? described.Identity : [described.ResourcePolicy ?? "no policy of its own"]));
        return Ask(
            query with
            {
                World = described.World,
                Zone = described.Zone,
                Without = described.Without,
                Warnings = [.. warnings],
                TypeFrom = described.Type is null ? query.TypeFrom : PolicyTypeOrigin.CommandLine
            },
            described.Baseline is { } against ? $"{says}, compared with {against}" : says);
    }

    private int Ask(Query query, string says)
    {
        var result = new ProveResult(limits.Ask(query), says);
        int written = outputs.Write(result, console);
        return limits.Report(console.Error, ExitCodes.Combine(written, ProveTally.CodeOf(result.Asked.Query, result.Asked.Answer, policy)));
    }

    private PolicyStack Stack(DescribedQuestion described)
    {
        var levels = ImmutableArray.CreateBuilder<ImmutableArray<PolicyDocument>>();
        foreach (IReadOnlyList<string> level in described.ServiceControlPolicies)
        {
            ImmutableArray<PolicyDocument> documents = Load(level);
            levels.Add(documents);
            if (!broken && !documents.Any(document => document.Statements.Any(statement => statement.Effect == Effect.Allow)))
            {
                console.Error.WriteLine(
                    $"warning: no statement of --scp {Printable.Clean(string.Join(',', level))} allows anything, so nothing gets past that level; AWS has "
                        + $"FullAWSAccess beside it (--scp full.json,{Printable.Clean(level[0])})");
            }
        }

        return PolicyStack.Empty with
        {
            IdentityPolicies = described.HasIdentity ? Load(described.Identity) : null,
            PermissionsBoundary = described.Boundary is { } boundary ? Load(boundary) : null,
            SessionPolicies = described.Session.Count > 0 ? Load(described.Session) : null,
            ResourcePolicy = described.ResourcePolicy is { } resource ? Load(resource) : null,
            HasNoResourcePolicy = described.HasNoResourcePolicy,
            VpcEndpointPolicies = Load(described.Endpoints),
            ResourceControlPolicies = described.ResourceControlPolicies.Count > 0 ? [.. described.ResourceControlPolicies.Select(Load)] : null,
            ServiceControlPolicies = levels.Count > 0 ? levels.ToImmutable() : null,
            Account = described.Account,
        };
    }

    private static PolicyStack With(PolicyStack stack, PolicyDocument? document) =>
        document is null ? stack : stack with { IdentityPolicies = stack.IdentityPolicies!.Value.Insert(0, document) };

    /// <summary>A property for what <c>--forbid ACTIONS --on ARN</c> says.</summary>
    private PolicyDocument? Property(DescribedQuestion described, IReadOnlyList<string> actions)
    {
        PolicyDocument document = PolicyReader.Read(new DocumentText(AllowJson(actions, described.PropertyResources)));
        foreach (PolicyProblem problem in document.Problems.Concat(UnknownActions.In(document)))
        {
            string option = problem.Pointer.Contains("/Resource", StringComparison.Ordinal) ? "--on" : described.Question == Question.Granted ? "--require"
                : "--forbid";
            console.Error.WriteLine(Printable.Clean($"{(problem.IsError ? "provablesec" : "warning")}: {option}: {problem.Message}"));
            broken |= problem.IsError;
        }

        return document;
    }

    private static string AllowJson(IReadOnlyList<string> actions, IReadOnlyList<string> resources)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("Version", "2012-10-17");
            writer.WriteStartObject("Statement");
            writer.WriteString("Effect", "Allow");
            WriteList("Action", actions);
            WriteList("Resource", resources);
            writer.WriteEndObject();
            writer.WriteEndObject();

            void WriteList(string name, IReadOnlyList<string> values)
            {
                writer.WriteStartArray(name);
                foreach (string value in values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            }
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private ImmutableArray<PolicyDocument> Load(IReadOnlyList<string> paths) => [.. paths.Select(Load).OfType<PolicyDocument>()];

    private PolicyDocument? LoadProperty(string path)
    {
        PolicyDocument? document = Load(path);
        foreach (PolicyProblem unknown in document is null ? [] : UnknownActions.In(document))
        {
            Tell(unknown);
        }

        return document;
    }

    private PolicyDocument? Load(string path)
    {
        PolicyProblem? problem;
        PolicyDocument? document = path == InputFile.StandardInputName
            ? InputFile.TryRead(console.Input, path, out problem) is { } text ? PolicyFile.Read(text) : null
            : files.Load(path, out problem);
        if (document is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
            broken = true;
            return null;
        }

        foreach (PolicyProblem found in document.Problems)
        {
            Tell(found);
        }

        return document;
    }

    private void Tell(PolicyProblem problem)
    {
        console.Error.WriteLine((problem.IsError ? "" : "warning: ") + ProblemText.Of(problem));
        broken |= problem.IsError;
        if (!problem.IsError)
        {
            warnings.Add(problem);
        }
    }
}
