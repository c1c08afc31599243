namespace ProvableSec.Policy.Text;

/// <summary>One thing wrong with a document, with its place.</summary>
public sealed class PolicyProblem
{
    /// <summary>Creates a problem.</summary>
    public PolicyProblem(ProblemCode code, string message, TextRange span, string pointer, LinePosition position, string file = "")
    {
        Code = code;
        Message = message;
        Span = span;
        Pointer = pointer;
        Position = position;
        File = file;
    }

    /// <summary>What kind of problem.</summary>
    public ProblemCode Code { get; }

    /// <summary>What is wrong and what was expected, in one sentence without a final stop.</summary>
    public string Message { get; }

    /// <summary>The offending characters.</summary>
    public TextRange Span { get; }

    /// <summary>JSON pointer (RFC 6901) of the value concerned; empty for the whole document.</summary>
    public string Pointer { get; }

    /// <summary>Line and column of the first offending character.</summary>
    public LinePosition Position { get; }

    /// <summary>The name of the text it was found in; empty when that has none.</summary>
    public string File { get; }

    /// <summary>True when AWS would refuse the document, so that no verdict about it would mean anything.</summary>
    public bool IsError => IsErrorCode(Code);

    internal static bool IsErrorCode(ProblemCode code) => code < ProblemCode.BarePrincipal;

    /// <inheritdoc/>
    public override string ToString() => File.Length > 0 ? $"{File}:{Position}: {Message}" : $"{Position}: {Message}";
}
