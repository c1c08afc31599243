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

        return Infer(document.Source.Name, principal, resource);
    }

    /// <summary>The same for a document of which only this is known.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="namesPrincipal">Whether a statement has Principal or NotPrincipal.</param>
    /// <param name="namesResource">Whether a statement has Resource or NotResource.</param>
    public static (PolicyType Type, string From) Infer(string name, bool namesPrincipal, bool namesResource)
    {
        foreach (string known in QuestionNames.AllTypes)
        {
            if (name.EndsWith($".{known}.json", StringComparison.OrdinalIgnoreCase))
            {
                return (QuestionNames.TypeOf(known)!.Value, "file name");
            }
        }

        return (namesPrincipal ? namesResource ? PolicyType.Resource : PolicyType.Trust : PolicyType.Identity, "content");
    }
}
