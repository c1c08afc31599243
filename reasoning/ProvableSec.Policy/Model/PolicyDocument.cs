using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>A policy document. Immutable; knows the text it was read from.</summary>
public sealed class PolicyDocument
{
    /// <summary>Creates a document.</summary>
    public PolicyDocument(DocumentText source, PolicyVersion version, bool namesVersion, string? id, ImmutableArray<Statement> statements,
        ImmutableArray<PolicyProblem> problems)
    {
        Source = source;
        Version = version;
        NamesVersion = namesVersion;
        Id = id;
        Statements = statements;
        Problems = problems;
        foreach (PolicyProblem problem in problems)
        {
            HasErrors |= problem.IsError;
        }
    }

    /// <summary>The text it was read from; spans count in it.</summary>
    public DocumentText Source { get; }

    /// <summary>The version of the language that applies.</summary>
    public PolicyVersion Version { get; }

    /// <summary>False when the document has no Version, so that 2008-10-17 applies by default.</summary>
    public bool NamesVersion { get; }

    /// <summary>Its Id, if it has one.</summary>
    public string? Id { get; }

    /// <summary>The statements that could be read, in the order of the text.</summary>
    public ImmutableArray<Statement> Statements { get; }

    /// <summary>Everything that is wrong with it, in the order of the text.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; }

    /// <summary>The document with only some of its statements; they keep their <see cref="Statement.Index"/>.</summary>
    public PolicyDocument Where(Func<Statement, bool> keep) => new(Source, Version, NamesVersion, Id, Statements.Where(keep).ToImmutableArray(), Problems);

    /// <summary>True when AWS would refuse it: then nothing may be concluded from its statements.</summary>
    public bool HasErrors { get; }
}
