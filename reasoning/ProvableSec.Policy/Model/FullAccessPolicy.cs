using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>
/// The policy that allows everything: what AWS calls FullAWSAccess where it limits and AdministratorAccess where it grants, and what stands in where a
/// policy is not known.
/// </summary>
internal static class FullAccessPolicy
{
    /// <summary>It, under no name.</summary>
    public static PolicyDocument Unnamed { get; } = Named("");

    /// <summary>It, as messages call it.</summary>
    public static PolicyDocument Named(string name) =>
        PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""", name));
}
