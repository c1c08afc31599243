using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>Reads an assembly without loading it, so that the build for another framework can be looked at too.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader reader;
    private readonly SignatureText text = new();

    public AssemblyMetadata(string path)
    {
        file = new PEReader(File.OpenRead(path));
        reader = file.GetMetadataReader();
    }

    /// <summary>A line for every type and member that another assembly can see.</summary>
    public IEnumerable<string> PublicSurface()
    {
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            if (!IsVisible(handle))
            {
                continue;
            }

            TypeDefinition type = reader.GetTypeDefinition(handle);
            string name = text.Name(reader, handle);
            string interfaces = string.Join(", ", type.GetInterfaceImplementations()
                .Select(i => text.Name(reader, reader.GetInterfaceImplementation(i).Interface)).Order(StringComparer.Ordinal));
            yield return $"{name} : {text.Name(reader, type.BaseType)} [{interfaces}] {type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Interface)}";
            foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition).Where(f => IsVisible(f.Attributes)))
            {
                string value = field.GetDefaultValue() is { IsNil: false } constant ? " = " + Constant(constant) : "";
                yield return $"{name}.{reader.GetString(field.Name)} : {field.DecodeSignature(text, null)} {field.Attributes}{value}";
            }

            // Properties and events show in their accessors.
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes)))
            {
                MethodSignature<string> signature = method.DecodeSignature(text, null);
                IEnumerable<string> optional = method.GetParameters().Select(reader.GetParameter).Where(p => p.SequenceNumber > 0)
                    .Select(p => reader.GetString(p.Name) + (p.GetDefaultValue() is { IsNil: false } constant ? "=" + Constant(constant) : ""));
                const MethodAttributes Shown = MethodAttributes.MemberAccessMask | MethodAttributes.Static | MethodAttributes.Virtual
                    | MethodAttributes.Abstract;
                yield return $"{name}.{reader.GetString(method.Name)}`{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes)}) ({string.Join(", ", optional)}) : {signature.ReturnType} {method.Attributes & Shown}";
            }
        }
    }

    /// <summary>Every type and member of other assemblies that the code uses: <c>Namespace.Type</c> and <c>Namespace.Type::Member</c>.</summary>
    public IEnumerable<string> References()
    {
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            yield return text.Name(reader, handle);
        }

        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeSpecification)
            {
                yield return $"{text.Name(reader, member.Parent)}::{reader.GetString(member.Name)}";
            }
        }
    }

    public void Dispose() => file.Dispose();


    private bool IsVisible(TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(type.GetDeclaringType()),
            _ => false,
        };
    }

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private string Constant(ConstantHandle handle) => Convert.ToHexString(reader.GetBlobBytes(reader.GetConstant(handle).Value));
}
