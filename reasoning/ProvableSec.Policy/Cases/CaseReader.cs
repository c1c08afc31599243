using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>Reads cases: a stack, a request, and what is expected of them. Thread-safe if its loader's source is.</summary>
public sealed class CaseReader
{
    /// <summary>Characters of the policies of a case times those of its request: each text of the one may be compared with each of the other.</summary>
    private const long MostComparisons = 1L << 32;

    private static readonly ImmutableArray<string> Members = StackReader.MemberNames.AddRange("id", "request", "expected");

    private readonly PolicyLoader loader;

    /// <summary>Creates a reader.</summary>
    /// <param name="loader">Reads the policies of the cases.</param>
    public CaseReader(PolicyLoader loader) => this.loader = loader;

    /// <summary>Reads the JSON of a case, but for policies that were met before.</summary>
    internal JsonTree Parse(DocumentText text) => JsonTreeReader.Read(text, loader.Known);

    /// <summary>Reads a text that is one case.</summary>
    public CaseReading Read(JsonTree document) => Read(document.Root, document.Problems);

    /// <summary>
    /// Reads what a case says beside its stack, which is known; null where there is anything to say of it, or anything else in it, for whose place the whole
    /// has to be read.
    /// </summary>
    internal AccessCase? ReadBeside(PolicyStack stack, DocumentText rest)
    {
        JsonTree document = JsonTreeReader.Read(rest);
        if (!document.Problems.IsEmpty)
        {
            return null;
        }

        foreach (JsonMember member in document.Root.Properties())
        {
            if (!member.NameIs("id") && !member.NameIs("request") && !member.NameIs("expected"))
            {
                return null;
            }
        }

        CaseReading reading = Read(document.Root, document.Problems, stack);
        return reading.Problems.IsEmpty ? reading.Case : null;
    }

    /// <summary>Reads a case inside a larger text.</summary>
    /// <param name="element">The case.</param>
    /// <param name="jsonProblems">What the JSON reader found wrong inside it.</param>
    public CaseReading Read(JsonItem element, ImmutableArray<PolicyProblem> jsonProblems) => Read(element, jsonProblems, null);

    private CaseReading Read(JsonItem element, ImmutableArray<PolicyProblem> jsonProblems, PolicyStack? known)
    {
        var problems = new CaseProblems();
        bool structure = true;
        foreach (PolicyProblem problem in jsonProblems)
        {
            problems.Add(problem);

            // A repeated key or a comment leaves the rest readable; after anything else, what follows would be guesses.
            structure &= problem.Code is ProblemCode.DuplicateKey or ProblemCode.Comment;
        }

        if (element.Kind != JsonKind.Object)
        {
            problems.WrongType(element, "a case", "an object");
            return new CaseReading(null, null, problems.ToImmutable());
        }

        if (!structure)
        {
            return new CaseReading(IdOf(element), null, problems.ToImmutable());
        }

        string? id = null;
        bool? expectAllow = null;
        JsonItem? request = null;
        var stack = new StackReader(loader, problems, known);
        foreach (JsonMember property in element.Properties())
        {
            if (property.NameIs("id"))
            {
                id = Id(property.Value, problems);
            }
            else if (property.NameIs("request"))
            {
                request = property.Value;
            }
            else if (property.NameIs("expected"))
            {
                expectAllow = Expected(property.Value, problems);
            }
            else if (!stack.TryReadMember(property))
            {
                problems.Unknown(property, "a case", Members);
            }
        }

        AccessRequest? asked = null;
        PolicyStack policies = stack.Stack;
        if (request is { } found)
        {
            asked = RequestReader.Read(found, problems);
            policies = SupposedPolicies.Beside(policies, found, loader, problems);
        }
        else
        {
            problems.Add(element, ProblemCode.MissingElement, "the case has no request");
        }

        if (asked is not null && request is { } at && policies.Documents().Sum(d => (long)d.Document.Source.Text.Length) * at.Span.Length > MostComparisons)
        {
            problems.Add(at, ProblemCode.TooLarge,
                $"the request has {at.Span.Length} characters, too many to compare with those of the policies; both numbers multiplied must be at most "
                    + $"{MostComparisons}");
        }

        ImmutableArray<PolicyProblem> all = problems.ToImmutable();
        return new CaseReading(id, problems.HasErrors || asked is null ? null : new AccessCase(id, policies, asked, expectAllow, all), all);
    }

    private static string? Id(JsonItem value, CaseProblems problems)
    {
        switch (value.Kind)
        {
            case JsonKind.Null:
                return null;
            case JsonKind.String or JsonKind.Number:
                return value.Document.Source.Text.Substring(value.Span.Start, value.Span.Length);
            default:
                problems.WrongType(value, "id", "a string or a number");
                return null;
        }
    }

    /// <summary>The id of a case whose text is broken, so that its answer can be told apart; written anew, for its text may be broken too.</summary>
    private static string? IdOf(JsonItem element)
    {
        if (!element.TryGetProperty("id", out JsonItem id) || id.Kind is not (JsonKind.String or JsonKind.Number))
        {
            return null;
        }

        if (id.Kind == JsonKind.Number)
        {
            return id.Text;
        }

        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, id.Text);
        return quoted.ToString();
    }

    private static bool? Expected(JsonItem value, CaseProblems problems)
    {
        if (value.Kind == JsonKind.Null || problems.ExpectString(value, "expected") is not { } text)
        {
            return null;
        }

        switch (text)
        {
            case "allow":
                return true;
            case "deny":
                return false;
            default:
                problems.Add(value, ProblemCode.InvalidValue, $"expected must be \"allow\" or \"deny\", not \"{CaseProblems.Shown(text)}\"");
                return null;
        }
    }
}
