using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>
/// Reads a policy document in the grammar of the IAM User Guide, "Grammar of the IAM JSON policy language".
/// Reports all that is wrong with it, each with its place, and reads on.
/// </summary>
public static class PolicyReader
{
    /// <summary>Documents may have this many characters. AWS's largest quota (a 20 KB bucket policy) is far below.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Reads a whole text as a policy. Never throws on any text.</summary>
    public static PolicyDocument Read(DocumentText source)
    {
        if (source is null)
        {
            throw new ArgumentNullException(nameof(source));
        }

        if (source.Text.Length > MaxLength)
        {
            return new PolicyDocument(
                new DocumentText("", source.Name),
                PolicyVersion.V2008,
                false,
                null,
                ImmutableArray<Statement>.Empty,
                ImmutableArray.Create(new PolicyProblem(
                    ProblemCode.TooLarge,
                    $"the document has {source.Text.Length} characters; the limit is {MaxLength}",
                    new TextRange(0, 0),
                    "",
                    source.PositionOf(0),
                    source.Name)));
        }

        JsonTree json = JsonTreeReader.Read(source);
        return Read(json.Root, json.Problems);
    }

    /// <summary>Reads a value of a larger JSON text as a policy.</summary>
    /// <param name="element">The policy object.</param>
    /// <param name="jsonProblems">What the JSON reader found wrong inside it.</param>
    public static PolicyDocument Read(JsonItem element, ImmutableArray<PolicyProblem> jsonProblems) =>
        Document(element, new PolicyProblems(jsonProblems));

    private static PolicyDocument Document(JsonItem root, PolicyProblems problems)
    {
        PolicyVersion version = PolicyVersion.V2008;
        bool namesVersion = false;
        string? id = null;
        JsonItem? statement = null;
        if (root.Kind != JsonKind.Object)
        {
            if (root.Kind != JsonKind.Invalid)
            {
                problems.Report(root, ProblemCode.WrongType, $"a policy must be an object with a Statement; this is {root.KindInWords}");
            }

            return Finish(ImmutableArray<Statement>.Empty);
        }

        foreach (JsonMember property in root.Properties())
        {
            JsonItem value = property.Value;
            switch (property.Name)
            {
                case "Version":
                    namesVersion = true;
                    if (problems.ExpectString(value, "Version") is { } text)
                    {
                        if (text == "2012-10-17")
                        {
                            version = PolicyVersion.V2012;
                        }
                        else if (text != "2008-10-17")
                        {
                            problems.Report(value, ProblemCode.InvalidValue, $"Version must be \"2012-10-17\" or \"2008-10-17\", not \"{Excerpt.Of(text)}\"");
                        }
                    }

                    break;
                case "Id":
                    id = problems.ExpectString(value, "Id");
                    break;
                case "Statement":
                    statement = value;
                    break;
                default:
                    problems.Unknown(property, "a policy", "Version, Id, Statement");
                    break;
            }
        }

        // Version may follow Statement, and decides whether ${ begins a variable: statements are read last.
        var reader = new StatementReader(version == PolicyVersion.V2012, problems);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        if (statement is not { } found)
        {
            problems.Report(root, ProblemCode.MissingElement, "the policy has no Statement");
        }
        else if (found.Kind == JsonKind.Array)
        {
            int index = 0;
            foreach (JsonItem element in found.Elements())
            {
                if (reader.Read(element, index++) is { } read)
                {
                    statements.Add(read);
                }
            }

            if (found.Count == 0)
            {
                problems.Report(found, ProblemCode.EmptyList, "Statement is an empty list, so the policy has no effect");
            }
        }
        else if (reader.Read(found, 0) is { } only)
        {
            statements.Add(only);
        }

        return Finish(statements.ToImmutable());

        PolicyDocument Finish(ImmutableArray<Statement> read) => new(root.Document.Source, version, namesVersion, id, read, problems.InOrder());
    }
}
