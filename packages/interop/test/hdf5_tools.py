"""What h5py, pynwb, nwbinspector and roiextractors make of HDF5 files: one JSON object a call, on stdout."""

import hashlib
import json
import sys
import warnings

import h5py
import numpy as np


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def movie(path, name):
    with h5py.File(path, "r") as file:
        data = file[name]
        return {"shape": data.shape, "dtype": str(data.dtype), "sha256": sha256(data[()])}


def fields(path):
    """Every dataset of numbers of ground_truth, and the attributes of mov."""
    found = {}
    with h5py.File(path, "r") as file:
        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                dims = [str(dim) for dim in item.attrs.get("dims", [])]
                found[name] = {"shape": item.shape, "dtype": str(item.dtype), "sha256": sha256(item[()]), "dims": dims}
        file["ground_truth"].visititems(visit)
        mov = {name: float(value) for name, value in file["mov"].attrs.items()}
    return {"fields": found, "mov": mov}


def nwb(path):
    from pynwb import NWBHDF5IO, validate

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with NWBHDF5IO(path, "r") as io:
            file = io.read()
            ophys = file.processing["ophys"]
            table = ophys["ImageSegmentation"]["PlaneSegmentation"]
            data = np.asarray(file.acquisition["OnePhotonSeries"].data)
            masks = np.asarray(table["image_mask"].data)
            pixels = np.zeros_like(masks)
            for roi in range(len(table)):
                for x, y, weight in table["pixel_mask"][roi]:
                    pixels[roi, int(x), int(y)] = weight
            stack = ophys["MotionCorrection"]["CorrectedImageStack"]
            units = file.units
            result = {
                # As our arrays lie: rows before columns.
                "movie": sha256(data.transpose(0, 2, 1)),
                "masks": sha256(masks.transpose(0, 2, 1)),
                "pixels": sha256(pixels.transpose(0, 2, 1)),
                "C": sha256(np.asarray(ophys["Fluorescence"]["Denoised"].data).T),
                "S": sha256(np.asarray(ophys["Fluorescence"]["Deconvolved"].data).T),
                "shifts": sha256(-np.asarray(stack.xy_translation.data)[:, ::-1]),
                "illumination": sha256(np.asarray(ophys["fields"]["illumination"].data).T),
                "spikes": [np.asarray(units["spike_times"][unit]).tolist() for unit in range(len(units))],
                "rate": float(file.acquisition["OnePhotonSeries"].rate),
                "identifier": file.identifier,
                "rois_of_units": [int(roi) for roi in units["roi"].data[:]],
            }
        errors = validate(path=path)
        result["errors"] = [str(error) for error in errors]
    result["warnings"] = [str(warning.message) for warning in caught]
    return result


def inspect(path):
    from nwbinspector import inspect_nwbfile

    return [
        {"importance": message.importance.name, "check": message.check_function_name, "message": message.message}
        for message in inspect_nwbfile(nwbfile_path=path)
    ]


def segmentation(path, extractor):
    import roiextractors

    found = getattr(roiextractors, extractor)(path)
    images = np.asarray(found.get_roi_image_masks(), dtype=np.float32)
    traces = {name: np.asarray(trace) for name, trace in found.get_traces_dict().items() if trace is not None}
    cells = [roi for roi in found.get_roi_ids() if not str(roi).startswith("background")]
    return {
        "count": len(cells),
        "frame_shape": [int(size) for size in found.get_frame_shape()],
        "rate": float(found.get_sampling_frequency()),
        "masks": sha256(images[:, :, : len(cells)].transpose(2, 0, 1)),
        "denoised": sha256(traces["denoised"].T),
        "deconvolved": sha256(traces["deconvolved"].T),
    }


# Results as each tool's documented code lays them out; `arrays` is JSON with A (unit, height, width), C, S and shifts.


def load(arrays):
    with open(arrays) as file:
        given = json.load(file)
    return {name: np.array(array["data"], dtype=float).reshape(array["shape"]) for name, array in given.items()}


def save_caiman(arrays, path):
    """The layout of caiman.utils.utils.save_dict_to_hdf5 for an Estimates object."""
    from scipy.sparse import csc_matrix

    given = load(arrays)
    units, height, width = given["A"].shape
    matrix = csc_matrix(np.stack([image.flatten(order="F") for image in given["A"].astype(float)], axis=1))
    with h5py.File(path, "w") as file:
        file["/dims"] = np.array((height, width))
        file["/dview"] = "NoneType"
        for name in ("data", "indptr", "indices", "shape"):
            file[f"/estimates/A/{name}"] = getattr(matrix, name)
        file["/estimates/C"] = given["C"]
        file["/estimates/S"] = given["S"]
        file["/estimates/b"] = np.ones((height * width, 1))
        file["/estimates/f"] = np.ones((1, given["C"].shape[1]))
        file["/estimates/idx_components"] = "NoneType"
        file["/estimates/F_dff"] = "NoneType"
        file["/estimates/shifts"] = -given["shifts"]
        file["/params/data/fr"] = 20
        file["/params/data/dims"] = np.array((height, width))


def save_nwb(arrays, path, dialect):
    """Results in NWB through pynwb: by the standard ("images", "pixels"), as suite2p does, as CaImAn does."""
    from datetime import datetime, timezone

    from pynwb import NWBHDF5IO, NWBFile, TimeSeries
    from pynwb.ophys import (
        CorrectedImageStack,
        Fluorescence,
        ImageSegmentation,
        MotionCorrection,
        OnePhotonSeries,
        OpticalChannel,
        RoiResponseSeries,
    )
    from pynwb.image import ImageSeries

    given = load(arrays)
    units, height, width = given["A"].shape
    frames = given["C"].shape[1]
    file = NWBFile(session_description="test", identifier="test", session_start_time=datetime(2025, 1, 1, tzinfo=timezone.utc))
    device = file.create_device(name="Microscope")
    plane = file.create_imaging_plane(
        name="ImagingPlane", optical_channel=OpticalChannel(name="green", description="green", emission_lambda=525.0),
        description="plane", device=device, excitation_lambda=470.0, indicator="GCaMP6f", location="CA1", imaging_rate=20.0,
    )
    sizes = (height, width) if dialect == "suite2p" else (width, height)
    series = OnePhotonSeries(
        name="OnePhotonSeries", imaging_plane=plane, data=np.zeros((frames, *sizes), np.uint8), unit="n.a.", rate=20.0,
        exposure_time=0.05, binning=1, power=1.0,
    )
    file.add_acquisition(series)
    ophys = file.create_processing_module("ophys", "results")
    segmentation = ImageSegmentation()
    description = {"suite2p": "suite2p output", "caiman": "CNMF_ROIs"}.get(dialect, "cells")
    table = segmentation.create_plane_segmentation(
        name="PlaneSegmentation", description=description, imaging_plane=plane, reference_images=series
    )
    for image in given["A"]:
        rows, columns = np.nonzero(image)
        weights = image[rows, columns]
        if dialect == "images":
            table.add_roi(image_mask=image.T)
        elif dialect == "pixels":
            table.add_roi(pixel_mask=list(zip(columns, rows, weights)))
        elif dialect == "suite2p":
            table.add_roi(pixel_mask=np.array([rows, columns, weights]).T)
        else:
            # A column of A, numbered down the columns of the image, cut into rows of (height, width).
            table.add_roi(image_mask=image.flatten(order="F").reshape(height, width))
    if dialect == "suite2p":
        table.add_column("iscell", "two columns - iscell & probcell", np.ones((units, 2)))
    ophys.add(segmentation)
    rois = table.create_roi_table_region(region=list(range(units)), description="all")
    if dialect == "suite2p":
        for container, name in (("Fluorescence", "C"), ("Neuropil", "N"), ("Deconvolved", "S")):
            values = np.zeros((units, frames)) if name == "N" else given[name]
            response = RoiResponseSeries(name="plane0", data=values.T, rois=rois, unit="lumens", rate=20.0)
            ophys.add(Fluorescence(roi_response_series=response, name=container))
    else:
        fluorescence = Fluorescence()
        ophys.add(fluorescence)
        fluorescence.create_roi_response_series(name="RoiResponseSeries", data=given["C"].T, rois=rois, unit="lumens", rate=20.0)
        fluorescence.create_roi_response_series(name="Deconvolved", data=given["S"].T, rois=rois, unit="lumens", rate=20.0)
    corrected = ImageSeries(name="corrected", data=np.zeros((frames, *sizes), np.uint8), unit="n.a.", rate=20.0)
    translation = TimeSeries(name="xy_translation", data=-given["shifts"][:, ::-1], unit="pixels", rate=20.0)
    stack = CorrectedImageStack(corrected=corrected, original=series, xy_translation=translation)
    ophys.add(MotionCorrection(corrected_image_stacks=[stack]))
    with NWBHDF5IO(path, "w") as io:
        io.write(file)


def save_arrays(arrays, path):
    """Plain arrays through h5py, compressed."""
    given = load(arrays)
    with h5py.File(path, "w") as file:
        for name in ("A", "C", "S", "shifts"):
            file.create_dataset(name, data=given[name], compression="gzip", shuffle=True)


def save_matlab(arrays, path):
    """What MATLAB's save -v7.3 makes of A (pixels x units, sparse), C, S, shifts and Cn: axes reversed, 512 bytes before."""
    from scipy.sparse import csc_matrix

    given = load(arrays)
    units, height, width = given["A"].shape
    matrix = csc_matrix(np.stack([image.flatten(order="F") for image in given["A"].astype(float)], axis=1))
    with h5py.File(path, "w", userblock_size=512) as file:
        group = file.create_group("neuron/A")
        group.attrs["MATLAB_sparse"] = np.uint64(height * width)
        group["data"] = matrix.data
        group["ir"] = matrix.indices.astype(np.uint64)
        group["jc"] = matrix.indptr.astype(np.uint64)
        for name in ("C", "S", "shifts"):
            file[f"neuron/{name}"] = given[name].T
        file["neuron/Cn"] = np.zeros((width, height))
    header = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: never HDF5 schema 1.00 ."
    with open(path, "r+b") as file:
        file.write(header.ljust(116) + bytes(8) + b"\x00\x02IM")


def all_of(calls):
    return [globals()[call](*arguments) for call, *arguments in calls]


if __name__ == "__main__":
    print(json.dumps(all_of(json.loads(sys.argv[1]))))
