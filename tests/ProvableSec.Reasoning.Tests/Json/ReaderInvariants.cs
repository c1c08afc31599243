using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>What must be true of any reading of any text. Lines are counted and pointers followed by its own code.</summary>
internal sealed class ReaderInvariants
{
    private readonly string text;
    private readonly LinePosition[] positions;
    private readonly JsonTree document;
    private readonly bool hasDoubleKeys;

    private ReaderInvariants(JsonTree document)
    {
        this.document = document;
        text = document.Source.Text;
        positions = new LinePosition[text.Length + 1];
        (int line, int column) = (1, 1);
        for (int i = 0; i <= text.Length; i++)
        {
            positions[i] = new LinePosition(line, column++);
            if (i < text.Length && (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))))
            {
                (line, column) = (line + 1, 1);
            }
        }

        hasDoubleKeys = document.Problems.Any(p => p.Code == ProblemCode.DuplicateKey || p.Message == "too many problems; the rest is not listed");
    }

    public static void Check(JsonTree document, PolicyDocument policy)
    {
        var check = new ReaderInvariants(document);
        check.Problems(document.Problems, JsonTreeReader.MaxProblems + 1);
        check.Problems(policy.Problems, JsonTreeReader.MaxProblems + 1);
        check.Element(document.Root, 0, check.text.Length, "");
        check.Policy(policy);
    }

    private void Problems(IReadOnlyCollection<PolicyProblem> problems, int most)
    {
        True(problems.Count <= most, "problems are bounded");
        int last = 0;
        foreach (PolicyProblem problem in problems.Take(JsonTreeReader.MaxProblems))
        {
            True(problem.Span.Start >= last, "problems are in the order of the text");
            last = problem.Span.Start;
            True(problem.Span.Length >= 0 && problem.Span.End <= text.Length, "the problem lies in the text");
            True(problem.Position == positions[problem.Span.Start], "line and column are those of the offset");
            True(problem.Message.Length is > 0 and < 400 && !problem.Message.Any(char.IsControl), "the message is short and clean");
            if (!hasDoubleKeys)
            {
                (int from, int to) = Resolve(problem.Pointer);
                True(from <= problem.Span.Start && problem.Span.Start <= to, $"the pointer '{problem.Pointer}' leads to the problem");
            }
        }
    }

    private void Element(JsonItem element, int from, int to, string pointer)
    {
        Place(element, from, to, pointer);
        int ordinal = 0, at = element.Span.Start;
        foreach (JsonItem item in element.Elements())
        {
            Element(item, at, element.Span.End, $"{pointer}/{ordinal++}");
            at = item.Span.End;
        }

        foreach (JsonMember property in element.Properties())
        {
            ordinal++;
            string child = $"{pointer}/{property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            Place(property.NameElement, at, element.Span.End, child);
            True(property.NameIs(property.Name), "a name is itself");
            Element(property.Value, property.NameSpan.End, element.Span.End, child);
            at = property.Value.Span.End;
        }

        True(element.Kind is not (JsonKind.Array or JsonKind.Object) || ordinal == element.Count, "the count is right");
    }

    private void Place(JsonItem element, int from, int to, string pointer)
    {
        True(element.Span.Start >= from && element.Span.Length >= 0 && element.Span.End <= to,
            "an element lies after what comes before it and in what holds it");
        True(element.Position == positions[element.Span.Start], "an element knows its line and column");
        // An empty text has an empty value; otherwise a double key's pointer leads to the first.
        True(hasDoubleKeys || string.Equals(element.Pointer, pointer, StringComparison.Ordinal),
            $"the pointer of '{pointer}' is its own, not '{element.Pointer}'");
    }

    private void Policy(PolicyDocument policy)
    {
        foreach (Statement statement in policy.Statements)
        {
            Inside(statement.Span);
            Inside(statement.Action.NameSpan);
            Patterns(statement.Action.Patterns);
            Patterns(statement.Resource?.Patterns ?? []);
            foreach (PrincipalEntry entry in statement.Principal?.Entries ?? [])
            {
                Inside(entry.Span);
            }

            foreach (Condition condition in statement.Conditions)
            {
                Inside(condition.OperatorSpan);
                Inside(condition.KeySpan);
                Patterns(condition.Values);
            }
        }
    }

    private void Patterns(IEnumerable<PolicyPattern> patterns)
    {
        foreach (PolicyPattern pattern in patterns)
        {
            Inside(pattern.Span);
            True(!pattern.Parts.IsDefaultOrEmpty, "a pattern has parts");
        }
    }

    private void Inside(TextRange span) => True(span.Start >= 0 && span.Length >= 0 && span.End <= text.Length, "a span lies in the text");

    /// <summary>RFC 6901 by its letter; the stretch of the value with its name.</summary>
    private (int From, int To) Resolve(string pointer)
    {
        JsonItem at = document.Root;
        (int from, int to) = (0, text.Length);
        if (pointer.Length == 0)
        {
            return (from, to);
        }

        foreach (string escaped in pointer[1..].Split('/'))
        {
            string step = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            JsonItem? found = null;
            int ordinal = 0;
            foreach (JsonItem item in at.Elements())
            {
                if (found is null && step == ordinal++.ToString(CultureInfo.InvariantCulture))
                {
                    found = item;
                    from = item.Span.Start;
                }
            }

            foreach (JsonMember property in at.Properties())
            {
                if (found is null && string.Equals(property.Name, step, StringComparison.Ordinal))
                {
                    found = property.Value;
                    from = property.NameSpan.Start;
                }
            }

            True(found is not null, $"the pointer '{pointer}' leads somewhere");
            at = found!.Value;
            to = at.Span.End;
        }

        return (from, to);
    }

    private static void True(bool condition, string what)
    {
        if (!condition)
        {
            Assert.Fail("not so: " + what);
        }
    }
}
