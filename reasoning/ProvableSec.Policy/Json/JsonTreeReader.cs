using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>
/// Reads JSON (RFC 8259) and goes on after an error, so that one reading reports everything that is wrong.
/// Own code, because it also runs inside the compiler, where no package may be loaded, and because every value needs its place.
/// </summary>
public static class JsonTreeReader
{
    /// <summary>Objects and arrays may be nested this deep. AWS's documents need eight levels; the limit protects the stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>After this many problems the rest is counted as one: a binary file is not worth a million messages.</summary>
    public const int MaxProblems = 100;

    internal const string TooManyProblems = "too many problems; the rest is not listed";

    /// <summary>Reads a whole text as one JSON value. Never throws on any text.</summary>
    public static JsonTree Read(DocumentText source) => Read(source, null);

    /// <summary>Reads a whole text as one JSON value, but for objects inside it that are known.</summary>
    internal static JsonTree Read(DocumentText source, IKnownObjects? known)
    {
        string text = (source ?? throw new ArgumentNullException(nameof(source))).Text;
        var problems = new JsonProblems(source);
        var tape = new JsonTape(source, problems);
        var scanner = new JsonScanner(source, problems);
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            scanner.At = 1;
        }

        scanner.SkipSpace();
        if (scanner.At == text.Length)
        {
            problems.Invalid(scanner.At, scanner.At, "the text is empty; expected a JSON value");
            tape.Add(JsonKind.Invalid, scanner.At, scanner.At);
        }
        else
        {
            new JsonContainers(source, scanner, new JsonScalars(source, scanner, tape, problems), tape, problems, known).Value(0);
            scanner.SkipSpace();
            if (scanner.At < text.Length)
            {
                problems.Invalid(scanner.At, scanner.At + 1,
                    $"unexpected {problems.Shown(scanner.At)} after the end of the JSON value");
            }
        }

        return new JsonTree(source, tape.Nodes, problems.Found, tape.Known);
    }
}
