using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>Finds the policies that a case names by path. The host implements it: this assembly knows no file system.</summary>
public interface IPolicySource
{
    /// <summary>Loads a policy.</summary>
    /// <param name="path">The path as the case writes it, relative to the file that holds the case.</param>
    /// <param name="problem">
    /// Why there is no document, when the result is null. With the code <see cref="ProblemCode.UnreadableFile"/> it is reported where the path
    /// is written, and its own place does not matter; with any other code it is reported as it is.
    /// </param>
    /// <returns>The document, which may have errors of its own; null when there is none.</returns>
    PolicyDocument? Load(string path, out PolicyProblem? problem);
}
