using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What type a document is when nobody says: by its file name or a folder's, else by its content. Content alone never yields a control policy,
/// boundary, session or endpoint policy, which look like identity policies and mean something else. Words of a name do not win over content that contradicts
/// them:
/// principals in every statement of what has none, or in no statement of what lives by them.
/// </summary>
public static class PolicyTypeInference
{
    /// <summary>The type, and where it is from: <see cref="PolicyTypeOrigin.FileName"/> or <see cref="PolicyTypeOrigin.Content"/>.</summary>
    public static (PolicyType Type, PolicyTypeOrigin From) Infer(PolicyDocument document)
    {
        int principals = 0;
        bool resource = false;
        foreach (Statement statement in document.Statements)
        {
            principals += statement.Principal is not null ? 1 : 0;
            resource |= statement.Resource is not null;
        }

        return Infer(document.Source.Name, document.Statements.Length, principals, resource,
            document.Statements.SelectMany(statement => statement.Action.Patterns).Select(pattern => pattern.Text));
    }

    /// <summary>The same for a document of which only this is known.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="statements">How many statements it has.</param>
    /// <param name="withPrincipal">How many of them have Principal or NotPrincipal.</param>
    /// <param name="namesResource">Whether a statement has Resource or NotResource.</param>
    /// <param name="actions">What its statements say in Action and NotAction.</param>
    public static (PolicyType Type, PolicyTypeOrigin From) Infer(string name, int statements, int withPrincipal, bool namesResource,
        IEnumerable<string> actions)
    {
        if (OfExtension(name) is { } declared)
        {
            return (declared, PolicyTypeOrigin.FileName);
        }

        if (PolicyFileName.TypeOf(name, withPrincipal > 0) is { } named && !Contradicts(named, statements, withPrincipal))
        {
            return (named, PolicyTypeOrigin.FileName);
        }

        return (withPrincipal > 0 ? namesResource || !MayBeTrust(actions) ? PolicyType.Resource : PolicyType.Trust : PolicyType.Identity,
            PolicyTypeOrigin.Content);
    }

    /// <summary>The type that the name of a file says, whatever its content; null for none.</summary>
    /// <param name="name">The name, also with its folders.</param>
    /// <param name="namesPrincipal">Whether a statement has Principal or NotPrincipal: some words mean a type only where it does, or does not.</param>
    public static PolicyType? OfName(string name, bool namesPrincipal) => OfExtension(name) ?? PolicyFileName.TypeOf(name, namesPrincipal);

    /// <summary>The type of <c>x.scp.json</c> and its like, which is a declaration: what contradicts it is a mistake in the policy.</summary>
    private static PolicyType? OfExtension(string name)
    {
        foreach (string known in QuestionNames.AllTypes)
        {
            if (name.EndsWith($".{known}.json", StringComparison.OrdinalIgnoreCase))
            {
                return QuestionNames.TypeOf(known)!.Value;
            }
        }

        return null;
    }

    /// <summary>Whether each statement has a principal where none belongs, or none has where each needs one. Where some do, that is a mistake in the
    /// policy.</summary>
    private static bool Contradicts(PolicyType type, int statements, int withPrincipal) => statements > 0
        && (type is PolicyType.Resource or PolicyType.Trust or PolicyType.ResourceControlPolicy or PolicyType.VpcEndpoint ? withPrincipal == 0
            : withPrincipal == statements);

    /// <summary>A policy without Resource that names actions of other services than AWS STS only is that of a repository or file system.</summary>
    private static bool MayBeTrust(IEnumerable<string> actions)
    {
        bool others = false;
        foreach (string action in actions)
        {
            if (action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            others |= action.IndexOf(':') > 0;
        }

        return !others;
    }
}
