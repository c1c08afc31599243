using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Testing.Sources;

/// <summary>Policies that a file names, relative to it.</summary>
internal sealed class NamedFiles(string path, string caller) : IPolicySource
{
    /// <inheritdoc/>
    public PolicyDocument? Load(string other, out PolicyProblem? problem)
    {
        problem = null;
        try
        {
            string shown = Path.GetDirectoryName(path) is { Length: > 0 } folder ? $"{folder}/{other}" : other;
            return PolicyReader.Read(TestFile.Read(TestFile.Beside(path, caller, other), "", shown));
        }
        catch (PolicySourceException e)
        {
            problem = new PolicyProblem(ProblemCode.UnreadableFile, e.Message, default, "", default, other);
            return null;
        }
    }
}
