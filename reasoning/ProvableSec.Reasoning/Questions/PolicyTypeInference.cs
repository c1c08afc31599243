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
        foreach (string name in QuestionNames.AllTypes)
        {
            if (document.Source.Name.EndsWith($".{name}.json", StringComparison.OrdinalIgnoreCase))
            {
                return (QuestionNames.TypeOf(name)!.Value, "file name");
            }
        }

        bool principal = false, resource = false;
        foreach (Statement statement in document.Statements)
        {
            principal |= statement.Principal is not null;
            resource |= statement.Resource is not null;
        }

        return (principal ? resource ? PolicyType.Resource : PolicyType.Trust : PolicyType.Identity, "content");
    }
}
