"""From torch to int8 ONNX and back: the encoder's matrices in 8 bits, the heads in full."""

import tempfile
from pathlib import Path
from typing import Any

import torch

from rubrics.acts.training.network import LAYERS, Network, published

#: Rows and tokens of the example the graph is traced with; both stay free in the graph.
_ROWS, _TOKENS = 2, 12
_NAMES = ("input_ids", "reply_mask")
#: The first set of operators with attention as one.
_OPSET = 23


def export(network: Network, target: Path) -> None:
    """Write the quantised graph; dynamic quantisation needs no calibration data."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        _trace(network, whole)
        _quantise(whole, target, network.value.out_features)


def _trace(network: Network, path: Path) -> None:
    example = tuple(torch.ones((_ROWS, _TOKENS), dtype=torch.int64) for _ in _NAMES)
    rows, tokens = torch.export.Dim("rows"), torch.export.Dim("tokens", max=512)
    free = tuple({0: rows, 1: tokens} for _ in _NAMES)
    torch.onnx.export(
        network.eval(),
        example,
        path,
        input_names=list(_NAMES),
        output_names=["logits", "shares"],
        dynamic_shapes=free,
        dynamo=True,
        opset_version=_OPSET,
        external_data=False,
    )


def _quantise(whole: Path, target: Path, columns: int) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = whole.with_name("ready.onnx")
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    graph = onnx.load(str(ready)).graph
    quantize_dynamic(
        str(ready),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=_heads(graph, columns),
    )
    _forget_where_it_was_made(target)


def _forget_where_it_was_made(path: Path) -> None:
    """Take the traces of torch out of the nodes: they name folders of the machine."""
    import onnx

    made = onnx.load(str(path))
    for part in (made, made.graph, *made.graph.node, *made.graph.value_info):
        del part.metadata_props[:]
    onnx.save(made, str(path))


def _heads(graph: Any, columns: int) -> list[str]:
    """The matrix products of the heads: those whose second input is as wide as the columns."""
    wide = {t.name for t in graph.initializer if list(t.dims)[-1:] == [columns]}
    return [n.name for n in graph.node if n.op_type == "MatMul" and wide & set(n.input)]


def restore(source: Path) -> Network:
    """The network of an exported graph, to learn on from; what the 8 bits lost stays lost.

    The matrices have no names in the graph and stand there in the order of their use.
    """
    import onnx

    stored = onnx.load(str(source)).graph.initializer
    found = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in stored}
    network = published()
    weights = network.state_dict()
    matrices = [f"layers.{k}.{part}.weight" for k in range(LAYERS) for part in _MATRICES]
    heads = [array for array in found.values() if array.ndim == 2 and array.dtype == "float32"]
    found["look.weight"], found["value.weight"] = (array.T for array in heads)
    for name in weights.keys() & found.keys():  # columns that the graph has not yet stay fresh
        weights[name][: len(found[name])] = torch.tensor(found[name])
    for name, matrix in zip(matrices, _from_eight_bits(found), strict=True):
        weights[name] = torch.tensor(matrix).T
    network.load_state_dict(weights)
    return network


#: The matrices of a layer, in the order of their use.
_MATRICES = ("qkv", "out", "up", "down")


def _from_eight_bits(found: dict[str, Any]) -> list[Any]:
    """The matrices that have a scale for each column, in the order of their numbers."""
    scaled = [name[: -len("_scale")] for name in found if name.endswith("_scale")]
    names = [name for name in scaled if found[f"{name}_scale"].ndim]
    return [
        (found[f"{name}_quantized"].astype("float32") - found[f"{name}_zero_point"])
        * found[f"{name}_scale"]
        for name in sorted(names, key=lambda name: int(name.removeprefix("val_")))
    ]
