using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Files;

/// <summary>Reads a text that should be a policy.</summary>
internal static class PolicyFile
{
    /// <summary>The policy; of a text that is something else, such as a template, that it is, in place of all that a policy would lack.</summary>
    public static PolicyDocument Read(DocumentText text)
    {
        PolicyDocument document = PolicyReader.Read(text);
        return document.HasErrors && RecognizedInput.InsteadOf(RecognizedInput.Policy, text) is { } other
            ? new PolicyDocument(text, document.Version, document.NamesVersion, document.Id, [], [other])
            : document;
    }
}
