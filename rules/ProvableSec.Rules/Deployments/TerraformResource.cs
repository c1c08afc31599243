using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Deployments;

/// <summary>A resource or data source of a plan or state of Terraform.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Address">Its address.</param>
/// <param name="Values">The values of its attributes.</param>
/// <param name="At">Where its type is written.</param>
/// <param name="IsData">Whether it is a data source.</param>
internal sealed record TerraformResource(string Type, string Address, JsonItem Values, JsonItem At, bool IsData);
