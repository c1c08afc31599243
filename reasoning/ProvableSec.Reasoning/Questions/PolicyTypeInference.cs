using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What type a document is when nobody says: by its file name, else by its content. Content alone never yields a control policy,
/// boundary, session or endpoint policy, which look like identity policies and mean something else.
/// </summary>
public static class PolicyTypeInference
{
    /// <summary>The type, and where it is from: <c>file name</c> or <c>content</c>.</summary>
    public static (PolicyType Type, string From) Infer(PolicyDocument document)
    {
        bool principal = false, resource = false;
        foreach (Statement statement in document.Statements)
        {
            principal |= statement.Principal is not null;
            resource |= statement.Resource is not null;
        }

        return Infer(document.Source.Name, principal, resource, document.Statements.SelectMany(statement => statement.Action.Patterns).Select(pattern => pattern.Text));
    }

    /// <summary>The same for a document of which only this is known.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="namesPrincipal">Whether a statement has Principal or NotPrincipal.</param>
    /// <param name="namesResource">Whether a statement has Resource or NotResource.</param>
    /// <param name="actions">What its statements say in Action and NotAction.</param>
    public static (PolicyType Type, string From) Infer(string name, bool namesPrincipal, bool namesResource, IEnumerable<string> actions)
    {
        foreach (string known in QuestionNames.AllTypes)
        {
            if (name.EndsWith($".{known}.json", StringComparison.OrdinalIgnoreCase))
            {
                return (QuestionNames.TypeOf(known)!.Value, "file name");
            }
        }

        if (PolicyFileName.TypeOf(name, namesPrincipal) is { } named)
        {
            return (named, "file name");
        }

        return (namesPrincipal ? namesResource || !MayBeTrust(actions) ? PolicyType.Resource : PolicyType.Trust : PolicyType.Identity, "content");
    }

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
